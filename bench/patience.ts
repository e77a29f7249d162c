import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { isPassing } from '../lambdas/store/passing.ts'
import type { Table } from '../lambdas/store/table.ts'

/** Together with the SDK's retries this takes minutes. A busy machine may need them. */
const triesMax = 40
const pauseMs = 250

/**
 * Makes a table's client repeat a request after a transient failure, so a busy machine only takes longer. The
 * token of a transaction stays the same, so a repeated transaction is applied once. Returns the table.
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
