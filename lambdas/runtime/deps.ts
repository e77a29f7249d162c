import type { Decide } from '../../core/decide.ts'
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

export interface DepsParts {
  readonly table: Table
  readonly env: Env
  readonly clock: Clock
  readonly decide: Decide
}

/** The dependencies on a table that is open, with the rules that the function needs. */
export function depsOn({ table, env, clock, decide }: DepsParts): Deps {
  const stores = openStores(table, clock)
  return {
    ...stores,
    clock,
    table,
    operations: new Operations({ table, clock, stores, decide }),
    payments: env.payments,
    isLocal: env.payments === 'sandbox' && env.stage === localStage,
  }
}
