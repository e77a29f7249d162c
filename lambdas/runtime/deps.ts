import { Operations } from '../store/operations.ts'
import { openStores, type Stores } from '../store/stores.ts'
import type { Table } from '../store/table.ts'
import type { Clock } from './clock.ts'
import { type Env, localStage } from './env.ts'

/** The dependencies of handlers, made once per cold start. */
export interface Deps extends Stores {
  readonly clock: Clock
  readonly table: Table
  readonly operations: Operations
  readonly payments: Env['payments']
  /** True on one machine, where no foreign addresses are near. */
  readonly isLocal: boolean
}

/** The dependencies on a table that is open. */
export function depsOn(table: Table, env: Env, clock: Clock): Deps {
  const stores = openStores(table, clock)
  return {
    ...stores,
    clock,
    table,
    operations: new Operations(table, clock, stores),
    payments: env.payments,
    isLocal: env.payments === 'sandbox' && env.stage === localStage,
  }
}
