import type { Clock } from '../runtime/clock.ts'
import { AppStore } from './apps.ts'
import { CatalogStore } from './catalog.ts'
import { JournalStore } from './journal.ts'
import { QuoteStore } from './quotes.ts'
import type { Table } from './table.ts'

/** The stores that the commands of services read besides the account. */
export interface MeterStores {
  readonly catalog: CatalogStore
  readonly apps: AppStore
  readonly journal: JournalStore
  readonly quotes: QuoteStore
}

export function openMeterStores(table: Table, clock: Clock): MeterStores {
  return {
    catalog: new CatalogStore(table, clock),
    apps: new AppStore(table),
    journal: new JournalStore(table),
    quotes: new QuoteStore(table),
  }
}
