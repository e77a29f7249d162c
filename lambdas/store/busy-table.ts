import { Busy } from '../runtime/busy.ts'
import { stopwatch } from '../runtime/clock.ts'
import { noteStep } from '../runtime/invocation.ts'
import { isPassing } from './passing.ts'
import type { Table } from './table.ts'

/** The same table, whose calls are noted as steps of the invocation, and throw Busy where a repeat may succeed. */
export function busyTable(table: Table): Table {
  return {
    tableName: table.tableName,
    send: async (name, input) => {
      const elapsed = stopwatch()
      try {
        const answer = await table.send(name, input)
        noteStep(name, { ms: Math.round(elapsed()) })
        return answer
      } catch (error) {
        noteStep(name, { ms: Math.round(elapsed()), error: String(error) })
        throw isPassing(error) ? new Busy() : error
      }
    },
  }
}
