import { Busy } from '../runtime/busy.ts'
import { jitteredPause } from '../runtime/pause.ts'
import { loadSnapshot } from './account-snapshot.ts'
import { AppStore } from './apps.ts'
import { type DirectoryRow, fromRowItem, rowOf, type StoredRow } from './directory-row.ts'
import { changeOf, changing } from './directory-writes.ts'
import { accountKey, directoryKey } from './keys.ts'
import { MemberStore } from './members.ts'
import { batchGet, getItem, isWritten, type Table } from './table.ts'
import { TeamStore } from './teams.ts'

/** A team has at most 408 places, so a change takes at most nine steps; the others are for lost races. */
const stepsMax = 30
const pauseMs = 20

/**
 * Teams by name, id, app, address and state, for operators: a row per team, and a key per list that the team is in. Row and keys
 * change in one transaction, if the row is the one that was read, so that a row always names exactly the keys of its team.
 */
export class DirectoryStore {
  private readonly table: Table
  private readonly teams: TeamStore
  private readonly apps: AppStore
  private readonly members: MemberStore

  constructor(table: Table) {
    this.table = table
    this.teams = new TeamStore(table)
    this.apps = new AppStore(table)
    this.members = new MemberStore(table)
  }

  /** The rows of teams, by team. Unknown teams are missing; a team may be named twice. */
  async rows(teamIds: readonly string[]): Promise<ReadonlyMap<string, StoredRow>> {
    const items = await batchGet(this.table, [...new Set(teamIds)].map(directoryKey))
    return new Map(items.map(fromRowItem).map((row) => [row.teamId, row]))
  }

  /** Makes a team's row what the team is now. Returns the number of transactions, which is 0 where nothing has changed. */
  async refresh(teamId: string): Promise<number> {
    for (let step = 0, written = 0; step < stepsMax; step++) {
      // The row is read first: a later change is in this reading of the team, or makes the write fail.
      const stored = await this.stored(teamId)
      const wanted = await this.wanted(teamId)
      const change = changeOf(stored, wanted)
      if (change === undefined) return written
      const TransactItems = [...changing(this.table, { teamId, stored, change })]
      if (!(await isWritten(this.table.send('TransactWriteItems', { TransactItems })))) {
        await jitteredPause(pauseMs * (step + 1))
        continue
      }
      written += 1
      if (change.row === wanted) return written
    }
    throw new Busy()
  }

  /** True if a refresh would change the row. */
  async isBehind(teamId: string): Promise<boolean> {
    const stored = await this.stored(teamId)
    return changeOf(stored, await this.wanted(teamId)) !== undefined
  }

  async stored(teamId: string): Promise<StoredRow | undefined> {
    const item = await getItem(this.table, directoryKey(teamId))
    return item && fromRowItem(item)
  }

  /** The row that a team should have; none before its account is written. */
  async wanted(teamId: string): Promise<DirectoryRow | undefined> {
    const [account, team, apps, members] = await Promise.all([
      loadSnapshot(this.table, accountKey(teamId)),
      this.teams.find(teamId),
      this.apps.ofTeam(teamId),
      this.members.list(teamId),
    ])
    if (account === undefined || team === undefined) return undefined
    return rowOf({ account, name: team.name, apps, members })
  }
}
