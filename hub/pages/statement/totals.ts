import {
  type Charge,
  chargesOf,
  type Entry,
  paidShortfallOf,
  returnedOf,
  type StatementFilters,
} from './entry.ts'

export interface Sum {
  readonly units: number
  readonly tokens: number
  readonly usdCents: number
}

export interface Totals {
  readonly entries: number
  /** The used base units, if all usage is of one meter. */
  readonly used: { readonly meter: string; readonly quantity: number } | undefined
  /** The charges for usage, less those that were taken back, and for older usage. Only charges that match the filters count. */
  readonly charged: Sum
  readonly paidShortfall: Sum
}

/** Sums entries. `apiOf` returns the API of a meter. */
export function totalsOf(
  entries: readonly Entry[],
  filters: StatementFilters,
  apiOf: (meter: string) => string | undefined,
): Totals {
  const isMeant = (charge: Charge) => meant(charge, filters, apiOf)
  return {
    entries: entries.length,
    used: usedOf(entries),
    charged: lessOf(
      sumOf(entries.flatMap(chargesOf).filter(isMeant), filters.lotId),
      sumOf(entries.flatMap(returnedOf).filter(isMeant), filters.lotId),
    ),
    paidShortfall: sumOf(entries.flatMap(paidShortfallOf).filter(isMeant), filters.lotId),
  }
}

/** A period filter selects only the source that has periods, because all charges of an entry belong to the same period. */
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

/** Subtracts charges that were taken back, which may be of use that is not shown: never below zero. */
function lessOf(sum: Sum, returned: Sum): Sum {
  return {
    units: Math.max(0, sum.units - returned.units),
    tokens: Math.max(0, Math.round((sum.tokens - returned.tokens) * 1_000) / 1_000),
    usdCents: Math.max(0, sum.usdCents - returned.usdCents),
  }
}

function usedOf(entries: readonly Entry[]): Totals['used'] {
  const uses = entries.flatMap((entry) => {
    if (entry.kind === 'reversal') return { meter: entry.meter, quantity: -entry.quantity }
    return entry.kind === 'usage' || entry.kind === 'capture' ? entry : []
  })
  const meter = uses[0]?.meter
  if (meter === undefined || uses.some((use) => use.meter !== meter)) return undefined
  return {
    meter,
    quantity: Math.max(
      0,
      uses.reduce((sum, { quantity }) => sum + quantity, 0),
    ),
  }
}

/**
 * Sums charges. If several lots paid a unit, only the part of the requested lot counts. Tokens are summed in
 * thousandths.
 */
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
