import { type Account, emptyAccount } from '../../core/account/account.ts'
import { loadSnapshot, moveSnapshot } from './account-snapshot.ts'
import { eventCursorKey } from './keys.ts'
import type { Table } from './table.ts'

/**
 * The version up to which a team's entries are published on the bus, with the account that they fold to: the content of an
 * event depends on the account before its entry.
 */
export class EventCursor {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** The account as of the last published entry. */
  async load(teamId: string): Promise<Account> {
    return (await loadSnapshot(this.table, eventCursorKey(teamId))) ?? emptyAccount(teamId)
  }

  /** Moves the cursor on from `version`. Returns false if another writer has moved it. */
  move(version: number, account: Account): Promise<boolean> {
    return moveSnapshot(this.table, eventCursorKey(account.teamId), { version, account })
  }
}
