import { type Account, termsAt, tokensLeft } from '../account/account.ts'
import { advance } from '../advance.ts'
import type { Context } from '../catalog/context.ts'
import type { Price } from '../commands/grant-lot.ts'
import type { PurchaseTokens } from '../commands/purchase-tokens.ts'
import { decide } from '../decide.ts'
import type { Decision } from '../decision.ts'
import type { Refusal } from '../refusal.ts'
import type { Instant } from '../time/time.ts'
import { type AssumedMonth, sumOfDays } from './assumed-month.ts'
import { type AssumedUse, courseOf, type UsedToday } from './course.ts'

/** Tokens that a team thinks of buying on a day, and the month whose use goes on every day. */
export interface AssumedPurchase {
  readonly tokens: number
  /** The first instant of the day. */
  readonly on: Instant
  readonly month: AssumedMonth
  readonly usedToday: UsedToday
}

/** The consequences of a purchase. */
export interface PurchaseRun extends Price {
  readonly tokens: number
  readonly expiresAt: Instant
  /** Tokens of the team before it, in thousandths. */
  readonly milliTokensBefore: number
  /** First day before it whose use the tokens do not pay; absent where they last until then. */
  readonly emptyBeforeOn?: Instant
  /** First day from it on whose use the tokens do not pay, until it expires. */
  readonly runOutOn?: Instant
  /** Tokens of the purchase that lapse unused, in thousandths. */
  readonly lapsingMilliTokens: number
}

/**
 * Buys tokens on a coming day, and lets the team's days pass until they expire, each with the average use of the month. A team
 * without the paid plan is put on it, because tokens pay on no other. `account` has been advanced to `now`.
 */
export function runPurchase(
  account: Account,
  { tokens, on, month, usedToday }: AssumedPurchase,
  { now, catalog }: Context,
): PurchaseRun | Refusal {
  const ready = readyToBuy(account, { now, catalog })
  const sums = sumOfDays(month)
  const pace = (meter: string) => (sums.get(meter) ?? 0) / month.days.length
  const use = { meters: [...sums.keys()].toSorted(), pace }
  const ahead = on > now ? courseOf(ready, { ...use, usedToday }, { now, catalog, until: on }) : []
  const boughtAt = Math.max(on, now)
  const before = advance(ahead.at(-1)?.account ?? ready, boughtAt, catalog).account
  const command = { kind: 'purchase-tokens', purchaseId, tokens, isPaidAtOnce: true } as const
  const bought = buy(before, command, { now: boughtAt, catalog })
  if ('refused' in bought) return bought
  const { purchase, lot } = bought.answer
  const expiresAt = lot?.expiresAt ?? boughtAt
  const later: AssumedUse = { ...use, usedToday: on > now ? new Map() : usedToday }
  const after = courseOf(bought.account, later, {
    now: boughtAt,
    catalog,
    until: expiresAt,
    monthEnd: boughtAt,
  })
  const emptyBeforeOn = ahead.find(({ unitsWithoutTokens }) => unitsWithoutTokens > 0)?.at
  const runOutOn = after.find(({ unitsWithoutTokens }) => unitsWithoutTokens > 0)?.at
  const lapsed = after.flatMap((day) => day.lapsed).find(({ lotId }) => lotId === purchaseId)
  return {
    tokens,
    unitPriceUsdCents: purchase.unitPriceUsdCents,
    usdCents: purchase.usdCents,
    expiresAt,
    milliTokensBefore: tokensLeft(before),
    ...(emptyBeforeOn !== undefined && { emptyBeforeOn }),
    ...(runOutOn !== undefined && { runOutOn }),
    lapsingMilliTokens: lapsed?.milliTokens ?? 0,
  }
}

/** No id that a caller chooses contains a colon. */
const purchaseId = 'what-if:purchase'

function buy(account: Account, command: PurchaseTokens, context: Context) {
  return decide<'purchase-tokens'>(account, command, context)
}

/** The team with a payment method and the paid plan, so that it can buy and use tokens. */
function readyToBuy(before: Account, context: Context): Account {
  const { profile } = before
  const paying = { ...profile, paymentMethod: 'credit-card' } as const
  const account =
    profile.paymentMethod === 'none'
      ? accountOf(before, decide(before, { kind: 'register-team', name: '', profile: paying }, context))
      : before
  if (termsAt(account, context.now).plan === 'paid') return account
  return accountOf(
    account,
    decide(account, { kind: 'choose-plan', plan: 'paid', payAsYouGo: false }, context),
  )
}

function accountOf(before: Account, decided: Decision<unknown> | Refusal): Account {
  return 'refused' in decided ? before : decided.account
}
