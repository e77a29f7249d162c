import { quantityMax } from '../../../contract/fields.ts'
import type { OfferAnswer as Offer } from '../../../contract/get-offer.ts'
import { dayMs, previousPeriod } from '../../../core/time/time.ts'
import { useFilters } from '../../filters.ts'

const filterNames = ['use', 'month', 'quantities', 'tokens', 'on'] as const

/** A month that is over, or typed quantities. */
export type Way = 'month' | 'typed'

export interface MeterQuantity {
  readonly meter: string
  readonly quantity: number
}

export interface Asked {
  readonly way: Way
  readonly month: string
  readonly quantities: readonly MeterQuantity[]
  /** Undefined: no purchase is asked for. */
  readonly tokens: number | undefined
  readonly on: string
}

/** Months before the current one that the page offers. */
const monthsMax = 12
const aheadDaysMax = 365

/** The inputs of the page, which are stored in its URL. */
export function useAsked(today: string) {
  const { filters, change } = useFilters(filterNames)
  const months = monthsBefore(today)
  const tokens = Number(filters.tokens)
  const asked: Asked = {
    way: filters.use === 'typed' ? 'typed' : 'month',
    month: months.find((month) => month === filters.month) ?? months[0] ?? '',
    quantities: parseQuantities(filters.quantities ?? ''),
    tokens: Number.isSafeInteger(tokens) && tokens > 0 ? tokens : undefined,
    on: filters.on ?? today,
  }
  return { asked, months, change }
}

function monthsBefore(today: string): readonly string[] {
  const months: string[] = []
  let month = today.slice(0, 7)
  while (months.length < monthsMax) {
    month = previousPeriod(month)
    months.push(month)
  }
  return months
}

/** Reads `meter:quantity` pairs. Anything else in the URL is ignored, and of two pairs of one meter the last counts. */
function parseQuantities(text: string): readonly MeterQuantity[] {
  const pairs = text.split(',').flatMap((pair): [string, number][] => {
    const [meter = '', quantity = ''] = pair.split(':')
    const number = Number(quantity)
    return /^[a-z0-9][a-z0-9-]{0,63}$/.test(meter) && isQuantity(number) ? [[meter, number]] : []
  })
  return [...new Map(pairs)].map(([meter, quantity]) => ({ meter, quantity }))
}

/** Writes the pairs with another quantity of one meter; undefined removes it. */
export function withQuantity(
  quantities: readonly MeterQuantity[],
  meter: string,
  quantity: number | undefined,
): string {
  const others = quantities.filter((row) => row.meter !== meter)
  const rows = quantity === undefined ? others : [...others, { meter, quantity }]
  return rows.map((row) => `${row.meter}:${row.quantity}`).join(',')
}

export function isQuantity(quantity: number): boolean {
  return Number.isSafeInteger(quantity) && quantity >= 1 && quantity <= quantityMax
}

export type PurchaseFault = 'tooFew' | 'tooMany' | 'day'

/** The first error of the asked purchase. Undefined: it can be sent, or there is none. */
export function purchaseFault(
  { tokens, on }: Asked,
  minimumTokens: number,
  { today, tokensMax }: { readonly today: string; readonly tokensMax: number },
): PurchaseFault | undefined {
  if (tokens === undefined) return undefined
  if (tokens < minimumTokens) return 'tooFew'
  if (tokens > tokensMax) return 'tooMany'
  return on < today || on > lastDay(today) ? 'day' : undefined
}

/** The last day on which a purchase may be planned. */
export function lastDay(today: string): string {
  return new Date(Date.parse(today) + aheadDaysMax * dayMs).toISOString().slice(0, 10)
}

/** The body of the call. Undefined while no quantity is typed. Meters without a rate are left out. */
export function bodyOf(asked: Asked, offer: Offer, isBuying: boolean) {
  const rated = new Set(offer.rateCard.meters.map(({ meter }) => meter))
  const quantities = asked.quantities.filter(({ meter }) => rated.has(meter))
  if (asked.way === 'typed' && quantities.length === 0) return undefined
  const { tokens, on } = asked
  return {
    use: asked.way === 'month' ? { month: asked.month } : { quantities },
    ...(isBuying && tokens !== undefined && { purchase: { tokens, on } }),
  }
}
