import { type Account, spentUsdCents, tokensLeft } from '../account/account.ts'
import type { Rate } from '../catalog/catalog.ts'
import type { Context } from '../catalog/context.ts'
import type { Authorization, Charge } from '../journal/entry.ts'
import type { Instant, Period } from '../time/time.ts'
import { areCoveredAfter, backingPhases, completionPhases, type Phase } from './backing.ts'
import { mayHoldMoney, mayHoldMoneyAndTokens } from './grants.ts'
import { draw } from './lots.ts'
import { isPayAsYouGo, spendLimitOf } from './pay-as-you-go.ts'
import { largest } from './search.ts'

export type Price = Pick<Rate, 'meter' | 'milliTokensPerUnit' | 'usdCentsPerUnit'>

/** Whole units that work has completed and that are paid now, at one price. */
export interface CompletedUnits {
  readonly price: Price
  readonly units: number
  /** The month whose bill they go on where pay-as-you-go pays. */
  readonly period: Period
}

/**
 * Pays for work at `usedAt` that had no hold: each unit by the first source that leaves the backing of the open
 * authorizations intact, else as shortfall. Pay-as-you-go may pay if it is in force now or was at `usedAt`.
 */
export function chargeUnheld(
  account: Account,
  completed: CompletedUnits,
  { usedAt, ...context }: Context & { readonly usedAt: Instant },
): readonly Charge[] {
  const { price, units, period } = completed
  const { now, catalog } = context
  const phases = backingPhases(account, context)

  // 1. Tokens, as long as the rest still backs the open authorizations. Tokens alone must back what was granted without money.
  const tokenPhases = mayHoldMoneyAndTokens(account, now) ? phases.map(withoutMoney) : phases
  const byTokens = countTokenUnits(account, completed, (milliTokens) =>
    areCoveredAfter(tokenPhases, { milliTokens, usdCents: 0 }),
  )

  // 2. Money, within the limit of the bill's period. Only the current period's limit backs the open authorizations.
  const isInForce = isPayAsYouGo(account, now, catalog)
  const mayBill = isInForce || isPayAsYouGo(account, usedAt, catalog)
  const isCurrent = period === account.period
  const room = spendLimitOf(account) - spentUsdCents(account, isCurrent ? 'current' : 'previous')
  const milliTokens = byTokens * price.milliTokensPerUnit
  const mayOwe = isCurrent && !isInForce && mayHoldMoney(account, now)
  const leavesBacking = (usdCents: number) =>
    isInForce ? areCoveredAfter(phases, { milliTokens, usdCents: isCurrent ? usdCents : 0 }) : !mayOwe
  const byMoney = countMoneyUnits(
    units - byTokens,
    price,
    (usdCents) => mayBill && usdCents <= room && leavesBacking(usdCents),
  )

  // 3. The rest is shortfall.
  return splitCharges(account, completed, { byTokens, byMoney })
}

/**
 * Pays for work that `authorization` held, from the sources that its grant promised, tokens first. `account` is the one after the
 * capture's release and use, so only the needs of the other authorizations must be left.
 */
export function chargeHeld(
  account: Account,
  completed: CompletedUnits,
  { authorization, ...context }: Context & { readonly authorization: Authorization },
): readonly Charge[] {
  // 1. Tokens. Where money also backs the others, it replaces the tokens that they lose to this one.
  const isGrantedWithMoney = authorization.spendLimitUsdCents !== undefined
  const isMixed = mayHoldMoneyAndTokens(account, context.now)
  const isInForce = isPayAsYouGo(account, context.now, context.catalog)
  const phases = isGrantedWithMoney && isInForce && !isMixed ? [] : completionPhases(account, context)
  const byTokens = countTokenUnits(account, completed, (milliTokens) =>
    areCoveredAfter(phases, { milliTokens, usdCents: 0 }),
  )

  // 2. Money, within the limit that was granted or the one that is in force, whichever is higher.
  const limit = promisedLimit(account, authorization, context)
  const spent = spentUsdCents(account, 'current')
  const byMoney = countMoneyUnits(
    completed.units - byTokens,
    completed.price,
    (usdCents) => limit !== undefined && usdCents <= limit - spent,
  )

  // 3. The tokens that step 1 left, where money may back the others. The account does not record which ones it backs.
  const allTokens = isMixed
    ? countTokenUnits(account, { ...completed, units: completed.units - byMoney }, () => true)
    : byTokens

  // 4. The rest is shortfall.
  return splitCharges(account, completed, { byTokens: allTokens, byMoney })
}

/** The highest spend limit, in US cents, that may pay for the authorization; undefined when only tokens may. */
function promisedLimit(
  account: Account,
  { spendLimitUsdCents: granted }: Authorization,
  { now, catalog }: Context,
): number | undefined {
  const limits: number[] = []
  if (granted !== undefined) limits.push(granted ?? Number.POSITIVE_INFINITY)
  if (isPayAsYouGo(account, now, catalog)) limits.push(spendLimitOf(account))
  return limits.length > 0 ? Math.max(...limits) : undefined
}

function withoutMoney(phase: Phase): Phase {
  return { ...phase, spendLeftUsdCents: undefined }
}

function countTokenUnits(
  account: Account,
  { units, price }: CompletedUnits,
  isAllowed: (milliTokens: number) => boolean,
): number {
  const { milliTokensPerUnit } = price
  const affordable = milliTokensPerUnit === 0 ? units : Math.floor(tokensLeft(account) / milliTokensPerUnit)
  return largest(Math.min(units, affordable), (n) => isAllowed(n * milliTokensPerUnit))
}

function countMoneyUnits(
  units: number,
  { usdCentsPerUnit }: Price,
  isAllowed: (usdCents: number) => boolean,
): number {
  return largest(units, (n) => isAllowed(n * usdCentsPerUnit))
}

interface Split {
  readonly byTokens: number
  readonly byMoney: number
}

/** One charge for each source that pays some of the units; shortfall is what neither tokens nor money pay. */
function splitCharges(account: Account, completed: CompletedUnits, { byTokens, byMoney }: Split): Charge[] {
  const { price, units, period } = completed
  const { meter, milliTokensPerUnit, usdCentsPerUnit } = price
  const unpaid = units - byTokens - byMoney
  const milliTokens = byTokens * milliTokensPerUnit
  const charges: Charge[] = []
  if (byTokens > 0) {
    charges.push({
      source: 'flex',
      meter,
      units: byTokens,
      milliTokens,
      lots: draw(account.lots, milliTokens),
    })
  }
  if (byMoney > 0) {
    const usdCents = byMoney * usdCentsPerUnit
    charges.push({ source: 'pay-as-you-go', meter, units: byMoney, usdCents, period })
  }
  if (unpaid > 0) {
    charges.push({ source: 'shortfall', meter, units: unpaid, milliTokensPerUnit, usdCentsPerUnit })
  }
  return charges
}
