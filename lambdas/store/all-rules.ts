import { decide } from '../../core/decide.ts'
import type { Clock } from '../runtime/clock.ts'
import type { CommandRules, LoadersOn } from './command-rules.ts'
import { copiesOf } from './copies.ts'
import { type Writers, writers } from './further-writes.ts'
import { loaders } from './loaders.ts'
import { Operations } from './operations.ts'
import { openStores, type Stores } from './stores.ts'
import type { Table } from './table.ts'

/** The rules of all commands, on the stores that they read. */
function allRules(stores: Stores): CommandRules {
  return {
    decide,
    load: async (command, loading) => {
      const load: LoadersOn<Stores>[typeof command.kind] = loaders[command.kind]
      return load(command, loading, stores)
    },
    copiesOf,
    furtherWrites: (command, committing) => {
      const write: Writers[typeof command.kind] = writers[command.kind]
      return write === undefined ? [] : write(command, committing, stores)
    },
  }
}

/** Operations that know all commands. */
export function openOperations(
  table: Table,
  clock: Clock,
  stores: Stores = openStores(table, clock),
): Operations {
  return new Operations({ table, clock, stores, rules: allRules(stores) })
}
