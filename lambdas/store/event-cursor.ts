import { type Account, emptyAccount } from '../../core/account/account.ts'
import { loadSnapshot, moveSnapshot } from './account-snapshot.ts'
import { eventCursorKey } from './keys.ts'
import type { Table } from './table.ts'

/**
 * How far a team's entries have been told to the bus, with the account that they fold to: what an event says depends on
 * the account before its entry.
 */
export class EventCursor {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** The account as of the last entry that was told. */
  async load(teamId: string): Promise<Account> {
    return (await loadSnapshot(this.table, eventCursorKey(teamId))) ?? emptyAccount(teamId)
  }

  /** Moves on from `version`. Answers false when somebody else has moved it. */
  move(version: number, account: Account): Promise<boolean> {
    return moveSnapshot(this.table, eventCursorKey(account.teamId), { version, account })
  }
}
