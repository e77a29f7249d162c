import type { Clock } from '../runtime/clock.ts'
import { AppUseStore } from './app-uses.ts'
import { AppStore } from './apps.ts'
import { CatalogStore } from './catalog.ts'
import { CreditNoteStore } from './credit-notes.ts'
import { JournalStore } from './journal.ts'
import { PayableStore } from './payables.ts'
import { PurchaseStore } from './purchases.ts'
import { ReversalStore } from './reversals.ts'
import type { Table } from './table.ts'
import { TeamStore } from './teams.ts'
import { UsageView } from './usage-view.ts'

/** The stores that operations read besides the account. */
export interface Stores {
  readonly catalog: CatalogStore
  readonly apps: AppStore
  readonly teams: TeamStore
  readonly journal: JournalStore
  readonly appUses: AppUseStore
  readonly payables: PayableStore
  readonly reversals: ReversalStore
  readonly creditNotes: CreditNoteStore
  readonly purchases: PurchaseStore
}

export function openStores(table: Table, clock: Clock): Stores {
  const journal = new JournalStore(table)
  return {
    catalog: new CatalogStore(table, clock),
    apps: new AppStore(table),
    teams: new TeamStore(table),
    journal,
    appUses: new AppUseStore(journal, new UsageView(table, journal)),
    payables: new PayableStore(table),
    reversals: new ReversalStore(table),
    creditNotes: new CreditNoteStore(table),
    purchases: new PurchaseStore(table),
  }
}
