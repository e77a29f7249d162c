import { openOperations } from '../store/all-rules.ts'
import type { Operations } from '../store/operations.ts'
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

export interface DepsParts {
  readonly table: Table
  readonly env: Env
  readonly clock: Clock
}

/** The dependencies on a table that is open. */
export function depsOn({ table, env, clock }: DepsParts): Deps {
  const stores = openStores(table, clock)
  return {
    ...stores,
    clock,
    table,
    operations: openOperations(table, clock, stores),
    payments: env.payments,
    isLocal: env.payments === 'sandbox' && env.stage === localStage,
  }
}
