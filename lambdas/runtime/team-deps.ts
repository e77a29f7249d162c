import { ActivityStore } from '../store/activity.ts'
import { MemberStore } from '../store/members.ts'
import { MembershipStore } from '../store/memberships.ts'
import { openTable } from '../store/sdk-table.ts'
import type { Table } from '../store/table.ts'
import { newBudgetKey } from './budget-key.ts'
import { type Clock, systemClock } from './clock.ts'
import { type Deps, depsOn } from './deps.ts'
import { type Env, readEnv } from './env.ts'

/** The dependencies of handlers that know people. Functions that services call do not load them. */
export interface TeamDeps extends Deps {
  readonly members: MemberStore
  readonly memberships: MembershipStore
  readonly activity: ActivityStore
  readonly newBudgetKey: () => string
}

export function openTeamDeps(): TeamDeps {
  const env = readEnv()
  return teamDepsOn(openTable(env.tableName), env, systemClock)
}

/** The same on a table that is open. */
export function teamDepsOn(table: Table, env: Env, clock: Clock): TeamDeps {
  return {
    ...depsOn({ table, env, clock }),
    members: new MemberStore(table, clock),
    memberships: new MembershipStore(table),
    activity: new ActivityStore(table),
    newBudgetKey,
  }
}
