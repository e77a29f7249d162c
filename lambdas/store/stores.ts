import type { Clock } from '../runtime/clock.ts'
import { AlertFigureStore } from './alert-figures.ts'
import { AlertStore } from './alerts.ts'
import { AppUseStore } from './app-uses.ts'
import { BudgetKeyStore } from './budget-keys.ts'
import { CreditNoteStore } from './credit-notes.ts'
import { type MeterStores, openMeterStores } from './meter-stores.ts'
import { PayableStore } from './payables.ts'
import { PurchaseStore } from './purchases.ts'
import { ReversalStore } from './reversals.ts'
import type { Table } from './table.ts'
import { TeamStore } from './teams.ts'
import { UsageView } from './usage-view.ts'

/** The stores that operations read besides the account. */
export interface Stores extends MeterStores {
  readonly teams: TeamStore
  readonly appUses: AppUseStore
  readonly payables: PayableStore
  readonly reversals: ReversalStore
  readonly creditNotes: CreditNoteStore
  readonly purchases: PurchaseStore
  readonly alerts: AlertStore
  readonly budgetKeys: BudgetKeyStore
  readonly alertFigures: AlertFigureStore
}

export function openStores(table: Table, clock: Clock): Stores {
  const meterStores = openMeterStores(table, clock)
  const { journal } = meterStores
  return {
    ...meterStores,
    teams: new TeamStore(table),
    appUses: new AppUseStore(journal, new UsageView(table, journal)),
    payables: new PayableStore(table),
    reversals: new ReversalStore(table),
    creditNotes: new CreditNoteStore(table),
    purchases: new PurchaseStore(table),
    alerts: new AlertStore(table, clock),
    budgetKeys: new BudgetKeyStore(table),
    alertFigures: new AlertFigureStore(table),
  }
}
