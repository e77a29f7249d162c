import type { Catalog } from '../catalog/catalog.ts'
import { chargesOf, type Entry, type EntryOf } from '../journal/entry.ts'

/** A purchase whose tokens were granted. */
export interface BoughtLot {
  readonly milliTokens: number
  readonly unitPriceUsdCents: number
  readonly usdCents: number
}

/** Everything that the rows of an entry depend on apart from the entry. None of it changes later. */
export interface FocusFacts {
  readonly catalog: Catalog
  /** The name on the invoices; ASCII, because readers demand it. */
  readonly sellerName: string
  /** Bought lots by id. A lot without one was a gift. */
  readonly lots: ReadonlyMap<string, BoughtLot>
  /** Entries that completed units which were paid later, by version. */
  readonly completed: ReadonlyMap<number, Entry>
  /** The earlier result of the same payment, by the version of the later one. */
  readonly earlierPayments: ReadonlyMap<number, EntryOf<'payment'>>
}

/** Facts that must be read for the rows of some entries. */
export interface FocusNeeds {
  readonly lotIds: ReadonlySet<string>
  readonly versions: ReadonlySet<number>
  readonly payments: readonly EntryOf<'payment'>[]
}

/** Lists the lots, entries and payments that the rows of some entries depend on. */
export function needsOf(entries: readonly Entry[]): FocusNeeds {
  const lotIds = new Set<string>()
  const versions = new Set<number>()
  const payments: EntryOf<'payment'>[] = []
  for (const entry of entries) {
    const returned =
      entry.kind === 'reversal' ? [...entry.uses.flatMap(({ usage }) => usage.charges), ...entry.unpaid] : []
    for (const charge of [...chargesOf(entry), ...returned]) {
      if (charge.source === 'flex') for (const { lotId } of charge.lots) lotIds.add(lotId)
      if (charge.source !== 'shortfall' && (charge.pays ?? 0) > 0) versions.add(charge.pays ?? 0)
    }
    if (entry.kind !== 'payment') continue
    if ('purchase' in entry.paidFor) lotIds.add(entry.paidFor.purchase)
    if (entry.sequence > 0) payments.push(entry)
  }
  return { lotIds, versions, payments }
}
