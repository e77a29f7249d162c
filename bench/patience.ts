import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Busy } from '../lambdas/runtime/busy.ts'
import { isPassing } from '../lambdas/store/passing.ts'
import type { Table } from '../lambdas/store/table.ts'

/** Together with the client's retries this takes minutes. A busy machine may need them. */
const triesMax = 40
const pauseMs = 250

/**
 * The same table, which repeats a request after a transient failure, so a busy machine only takes longer. The
 * token of a transaction stays the same, so a repeated transaction is applied once.
 */
export function withPatience(table: Table): Table {
  return {
    tableName: table.tableName,
    send: async (name, input) => {
      const token = name === 'TransactWriteItems' ? { ClientRequestToken: randomUUID() } : {}
      for (let tries = 1; ; tries++) {
        try {
          return await table.send(name, { ...token, ...input })
        } catch (error) {
          const isTransient = error instanceof Busy || isPassing(error)
          if (!isTransient || tries === triesMax) throw error
          await sleep(pauseMs)
        }
      }
    },
  }
}
