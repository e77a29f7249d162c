import { type MeterCommands, meterRulesOn } from '../store/meter-rules.ts'
import { type MeterStores, openMeterStores } from '../store/meter-stores.ts'
import { Operations } from '../store/operations.ts'
import type { Table } from '../store/table.ts'
import { type Clock, systemClock } from './clock.ts'
import { openSignedTable } from './dynamodb/signed-table.ts'
import { readEnv } from './env.ts'

/** The dependencies of handlers that services call. */
export interface MeterDeps extends MeterStores {
  readonly clock: Clock
  readonly operations: Operations
}

/** Opens the dependencies of a function that services call. To start quickly, it has no SDK and no other rules. */
export function openMeterDeps(commands: MeterCommands): MeterDeps {
  return meterDepsOn(openSignedTable(readEnv().tableName), systemClock, commands)
}

/** The same on a table that is open. */
export function meterDepsOn(table: Table, clock: Clock, commands: MeterCommands): MeterDeps {
  const stores = openMeterStores(table, clock)
  return {
    ...stores,
    clock,
    operations: new Operations({ table, clock, stores, rules: meterRulesOn(stores, commands) }),
  }
}
