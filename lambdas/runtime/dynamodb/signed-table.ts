import { randomUUID } from 'node:crypto'
import { busyTable } from '../../store/busy-table.ts'
import type { Table } from '../../store/table.ts'
import type { CallName, Input, Output } from '../../store/table-calls.ts'
import { systemClock } from '../clock.ts'
import { readAnswer } from './answer.ts'
import { makePost } from './post.ts'
import { Retries } from './retries.ts'
import { readSettings } from './settings.ts'
import { signedHeaders } from './signature.ts'
import { toWire } from './wire.ts'

/** A request that takes longer is given up and tried again, well within a function's own time. */
const patience = { connectMs: 1_000, answerMs: 3_000 }

/**
 * Opens the table without the SDK (ADR 021). Endpoint, Region and credentials come from the environment. Calls that
 * fail for a moment are repeated; if that is not enough, they throw Busy.
 */
export function openSignedTable(tableName: string): Table {
  return busyTable(signedTable(tableName))
}

/** The same, with the errors of DynamoDB as they are. */
export function signedTable(tableName: string): Table {
  const post = makePost()
  const retries = new Retries()
  return {
    tableName,
    send: async (name, input) => {
      const body = JSON.stringify(toWire(withToken(name, input)))
      const output = await retries.run(async () => {
        const { url, region, credentials } = readSettings()
        const target = `DynamoDB_20120810.${name}`
        const headers = signedHeaders({ url, target, body, region, credentials, at: systemClock.now() })
        return readAnswer(await post({ url, headers, body }, patience))
      })
      return output as Output<typeof name>
    },
  }
}

/** All tries of a transaction have one token, so one that succeeded without an answer is not done twice. */
function withToken<Name extends CallName>(name: Name, input: Input<Name>): Input<Name> {
  return name === 'TransactWriteItems' ? { ClientRequestToken: randomUUID(), ...input } : input
}
