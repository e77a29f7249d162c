import { openTable } from '../store/sdk-table.ts'
import { type Clock, systemClock } from './clock.ts'
import { type Deps, depsOn } from './deps.ts'
import { type Env, readEnv } from './env.ts'

/** Opens the dependencies of a function whose table is served by the SDK. */
export function openDeps(env: Env = readEnv(), clock: Clock = systemClock): Deps {
  return depsOn({ table: openTable(env.tableName), env, clock })
}
