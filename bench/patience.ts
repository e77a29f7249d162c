import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { isPassing } from '../lambdas/store/passing.ts'
import type { Table } from '../lambdas/store/table.ts'

/** Together with the SDK's own tries, minutes: a machine that does other things, too, may need them. */
const triesMax = 40
const pauseMs = 250

/**
 * Lets a table's client send a request again while its failures pass by themselves, so that a busy machine only takes
 * longer. The token of a transaction stays the same, so what was done before its answer was lost is not done twice.
 * Returns the table.
 */
export function withPatience(table: Table): Table {
  table.client.middlewareStack.add(
    (next, context) => async (args) => {
      if (String(context.commandName).startsWith('TransactWrite'))
        Object.assign(args.input, { ClientRequestToken: randomUUID(), ...args.input })
      for (let tries = 1; ; tries++) {
        try {
          return await next(args)
        } catch (error) {
          if (!isPassing(error) || tries === triesMax) throw error
          await sleep(pauseMs)
        }
      }
    },
    { step: 'initialize', name: 'patience' },
  )
  return table
}
