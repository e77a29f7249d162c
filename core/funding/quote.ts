import { type Account, type Funding, meterState, termsAt } from '../account/account.ts'
import { ratesBetween } from '../catalog/catalog.ts'
import type { Context } from '../catalog/context.ts'
import type { Cost } from '../journal/entry.ts'
import { type Instant, secondMs } from '../time/time.ts'
import { costAtMost } from './cap.ts'
import { holdMaxMs } from './grants.ts'

/** The use that a quote is asked for, in base units of its meter. The id of the quote is bound to all of it. */
export interface AskedQuote {
  readonly quoteId: string
  readonly appId: string
  readonly meter: string
  readonly quantity: number
  /** Authorizations may be made under the quote for this long. */
  readonly validSeconds: number
}

/** The most that each authorization under the quote can cost, whichever source pays. */
export interface Quote extends AskedQuote, Cost {
  readonly validUntil: Instant
  /** A quote of a free plan costs nothing, and is not valid for a paid plan. */
  readonly funding: Funding
}

/** The reason why nothing can be authorized under a quote. */
export type QuoteFault = 'unknown' | 'expired' | 'other-use' | 'plan-changed'

/**
 * Quotes a use at the dearest rate that is known until the last authorization under it has ended. `account` has been advanced
 * to `now`.
 */
export function quote(account: Account, asked: AskedQuote, { now, catalog }: Context): Quote {
  const validUntil = now + asked.validSeconds * secondMs
  const rates = ratesBetween(catalog, asked.meter, now, validUntil + holdMaxMs)
  const isPaid = termsAt(account, now).plan === 'paid'
  const funding = rates.length === 0 ? 'unrated' : isPaid ? 'paid' : 'free'
  const { remainder } = meterState(account, asked.meter)
  const cost = costAtMost(funding === 'paid' ? rates : [], asked.quantity, remainder)
  return { ...asked, validUntil, funding, ...cost }
}

/** True for the content that the id of a quote is bound to. */
export function isSameQuote(made: Quote, asked: AskedQuote): boolean {
  const { appId, meter, quantity, validSeconds } = asked
  const isSameUse = made.appId === appId && made.meter === meter && made.quantity === quantity
  return isSameUse && made.validSeconds === validSeconds
}

/** The use that is to be authorized under a quote. */
export interface QuotedUse {
  readonly appId: string
  readonly meter: string
  readonly quantity: number
  readonly quoteId?: string | undefined
  readonly quote?: Quote
  readonly funding: Funding
  readonly now: Instant
}

/** The reason why a use cannot be authorized under its quote; undefined where it can, and without a quote. */
export function quoteFaultOf(use: QuotedUse): QuoteFault | undefined {
  const { quoteId, quote: made } = use
  if (quoteId === undefined) return undefined
  if (made === undefined) return 'unknown'
  if (use.now >= made.validUntil) return 'expired'
  const isQuoted = made.appId === use.appId && made.meter === use.meter && use.quantity <= made.quantity
  if (!isQuoted) return 'other-use'
  return use.funding === 'paid' && made.funding !== 'paid' ? 'plan-changed' : undefined
}
