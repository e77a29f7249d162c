import { ActivityStore } from '../store/activity.ts'
import { MemberStore } from '../store/members.ts'
import { MembershipStore } from '../store/memberships.ts'
import { type Clock, systemClock } from './clock.ts'
import { type Deps, openDeps } from './deps.ts'
import { type Env, readEnv } from './env.ts'

/** The dependencies of handlers that know people. Functions that services call do not load them. */
export interface TeamDeps extends Deps {
  readonly members: MemberStore
  readonly memberships: MembershipStore
  readonly activity: ActivityStore
}

export function openTeamDeps(env: Env = readEnv(), clock: Clock = systemClock): TeamDeps {
  const deps = openDeps(env, clock)
  return {
    ...deps,
    members: new MemberStore(deps.table, clock),
    memberships: new MembershipStore(deps.table),
    activity: new ActivityStore(deps.table),
  }
}
