import { type Charge, chargesOf, type Entry, paidShortfallOf, type StatementFilters } from './entry.ts'

export interface Sum {
  readonly units: number
  readonly tokens: number
  readonly usdCents: number
}

export interface Totals {
  readonly entries: number
  /** Base units that were used, where all use is of one meter. */
  readonly used: { readonly meter: string; readonly quantity: number } | undefined
  /** What was charged for use, and paid of older use; of each charge only what the filters mean. */
  readonly charged: Sum
  readonly paidShortfall: Sum
}

/** What entries come to. `apiOf`: the API of a meter. */
export function totalsOf(
  entries: readonly Entry[],
  filters: StatementFilters,
  apiOf: (meter: string) => string | undefined,
): Totals {
  const isMeant = (charge: Charge) => meant(charge, filters, apiOf)
  return {
    entries: entries.length,
    used: usedOf(entries),
    charged: sumOf(entries.flatMap(chargesOf).filter(isMeant), filters.lotId),
    paidShortfall: sumOf(entries.flatMap(paidShortfallOf).filter(isMeant), filters.lotId),
  }
}

/** All charges of one entry count in the same period, so a period says no more than the source that has periods. */
function meant(
  { source, meter, lotId, lots }: Charge,
  filters: StatementFilters,
  apiOf: (meter: string) => string | undefined,
): boolean {
  const lotIds = [lotId, ...(lots ?? []).map((lot) => lot.lotId)]
  return (
    (filters.source === undefined || filters.source === source) &&
    (filters.period === undefined || source === 'pay-as-you-go') &&
    (filters.meter === undefined || filters.meter === meter) &&
    (filters.api === undefined || filters.api === apiOf(meter)) &&
    (filters.lotId === undefined || lotIds.includes(filters.lotId))
  )
}

function usedOf(entries: readonly Entry[]): Totals['used'] {
  const uses = entries.flatMap((entry) => (entry.kind === 'usage' || entry.kind === 'capture' ? entry : []))
  const meter = uses[0]?.meter
  if (meter === undefined || uses.some((use) => use.meter !== meter)) return undefined
  return { meter, quantity: uses.reduce((sum, { quantity }) => sum + quantity, 0) }
}

/** Of a unit that several lots paid, only the part of the lot that is asked for; tokens are summed in thousandths. */
function sumOf(charges: readonly Charge[], lotId: string | undefined): Sum {
  const tokensOf = ({ tokens = 0, lots }: Charge) =>
    (lotId !== undefined && lots?.find((lot) => lot.lotId === lotId)?.tokens) || tokens
  const total = (amount: (charge: Charge) => number) =>
    charges.reduce((sum, charge) => sum + amount(charge), 0)
  return {
    units: total(({ units = 0 }) => units),
    tokens: total((charge) => Math.round(tokensOf(charge) * 1_000)) / 1_000,
    usdCents: total(({ usdCents = 0 }) => usdCents),
  }
}
