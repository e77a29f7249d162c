import { decideMeterCommand } from '../../core/decide-meter-command.ts'
import { systemClock } from './clock.ts'
import { type Deps, depsOn } from './deps.ts'
import { openSignedTable } from './dynamodb/signed-table.ts'
import { readEnv } from './env.ts'

/** Opens the dependencies of a function that services call. To start quickly, it has no SDK and no other rules. */
export function openMeterDeps(): Deps {
  const env = readEnv()
  const table = openSignedTable(env.tableName)
  return depsOn({ table, env, clock: systemClock, decide: decideMeterCommand })
}
