import type { Account } from '../../core/account/account.ts'
import { loadSnapshot, moveSnapshot } from './account-snapshot.ts'
import { baseKey } from './keys.ts'
import type { Table } from './table.ts'

/** A team's account as of a version, up to which entries may be only in the archive: the fold begins there. */
export class AccountBase {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  load(teamId: string): Promise<Account | undefined> {
    return loadSnapshot(this.table, baseKey(teamId))
  }

  /** Moves it on from `version` (0: there is none). Answers false when somebody else has moved it. */
  move(version: number, account: Account): Promise<boolean> {
    return moveSnapshot(this.table, baseKey(account.teamId), { version, account })
  }
}
