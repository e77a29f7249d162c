import type { Account } from '../account/account.ts'
import type { EntryBodyOf, InvoiceLine } from '../journal/entry.ts'

/** One line per meter with pay-as-you-go charges of the period, in order of meter; partial units are never billed. */
export function invoiceLines(account: Account, which: 'current' | 'previous'): readonly InvoiceLine[] {
  return Object.entries(account.meters)
    .filter(([, state]) => state[which].units > 0)
    .map(([meter, state]) => ({
      meter,
      units: state[which].units,
      usdCents: state[which].usdCents,
      lateUnits: state[which].lateUnits,
    }))
    .toSorted((a, b) => (a.meter < b.meter ? -1 : 1))
}

type Bill = Pick<
  EntryBodyOf<'period-closed'>,
  'usdCents' | 'carriedInUsdCents' | 'creditUsdCents' | 'carriedUsdCents'
>

/** US cents that a bill makes due: its lines and what earlier bills carried, less credit and what it carries on. */
export function billedUsdCents({
  usdCents,
  carriedInUsdCents,
  creditUsdCents,
  carriedUsdCents,
}: Bill): number {
  return usdCents + carriedInUsdCents - creditUsdCents - carriedUsdCents
}
