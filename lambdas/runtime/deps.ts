import { AppStore } from '../store/apps.ts'
import { CatalogStore } from '../store/catalog.ts'
import { JournalStore } from '../store/journal.ts'
import { MemberStore } from '../store/members.ts'
import { Operations } from '../store/operations.ts'
import { openTable, type Table } from '../store/table.ts'
import { TeamStore } from '../store/teams.ts'
import { type Clock, systemClock } from './clock.ts'
import { type Env, readEnv } from './env.ts'

/** What handlers work with; made once per cold start. */
export interface Deps {
  readonly clock: Clock
  readonly table: Table
  readonly catalog: CatalogStore
  readonly operations: Operations
  readonly apps: AppStore
  readonly teams: TeamStore
  readonly members: MemberStore
  readonly journal: JournalStore
  readonly payments: Env['payments']
  /** On one machine, where nobody else's addresses are near. */
  readonly isLocal: boolean
}

/** The stage that the runtime of one machine deploys. */
const localStage = 'local'

export function openDeps(env: Env = readEnv(), clock: Clock = systemClock): Deps {
  const table = openTable(env.tableName)
  return {
    clock,
    table,
    catalog: new CatalogStore(table, clock),
    operations: new Operations(table, clock),
    apps: new AppStore(table),
    teams: new TeamStore(table),
    members: new MemberStore(table),
    journal: new JournalStore(table),
    payments: env.payments,
    isLocal: env.payments === 'sandbox' && env.stage === localStage,
  }
}
