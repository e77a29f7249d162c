import { systemClock } from './clock.ts'
import { type Deps, depsOn } from './deps.ts'
import { openSignedTable } from './dynamodb/signed-table.ts'
import { readEnv } from './env.ts'

/** Opens the dependencies of a function that services call: its table is served without the SDK, which starts slowly. */
export function openMeterDeps(): Deps {
  const env = readEnv()
  return depsOn(openSignedTable(env.tableName), env, systemClock)
}
