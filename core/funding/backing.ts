import type { Account, HoldSum } from '../account/account.ts'
import type { Rate } from '../catalog/catalog.ts'
import type { Context } from '../catalog/context.ts'
import { type Instant, periodEnd } from '../time/time.ts'
import {
  completableDemands,
  dearestDemand,
  lastHoldEnd,
  type MeterDemand,
  reservedDemands,
} from './demand.ts'
import { excessAt, type IncludedLeft } from './included.ts'
import { dearestMoney, inTokens } from './money.ts'
import { spendLeftAt } from './pay-as-you-go.ts'
import { smallest } from './search.ts'

/*
 * The backing rule: at every instant until the last open authorization ends, the tokens alive then, plus what is left of
 * the spend limit, cover what is still held then beyond included amounts, rounded up to whole units per meter. Between two
 * phases nothing becomes scarcer, so the rule holds at every instant if it holds at the start of every phase.
 */

/** A stretch of time that begins now, or where tokens lapse under an open hold, or where the period ends. */
export interface Phase {
  readonly at: Instant
  /** Tokens that are still alive at `at`, in thousandths. */
  readonly milliTokens: number
  /** Tokens that lapse until then, in thousandths. A payment draws these first, because they expire first. */
  readonly lapsedMilliTokens: number
  /** US cents that pay-as-you-go may still spend in the period of `at`; infinite without a limit; absent when not in force. */
  readonly spendLeftUsdCents?: number
  readonly demands: readonly MeterDemand[]
}

/** The part of the backing that a payment takes. */
export interface Spending {
  readonly milliTokens: number
  readonly usdCents: number
}

/** All holds of a meter with one that is asked for, and what they draw on: the rates are those until the last one ends. */
export interface AskedHolds {
  readonly meter: string
  readonly holds: readonly HoldSum[]
  readonly now: Instant
  readonly included: IncludedLeft
  readonly rates: readonly Rate[]
  readonly remainder: number
}

/** The phases of the backing rule for all open authorizations, until the last one ends, but not before `until`. */
export function backingPhases(
  account: Account,
  context: Context,
  until: Instant = context.now,
): readonly Phase[] {
  return phaseStarts(account, context.now, until).map((at) => ({
    at,
    ...tokensAt(account, at),
    spendLeftUsdCents: spendLeftAt(account, at, context),
    demands: reservedDemands(account, at, context),
  }))
}

/** The same phases with the units that open authorizations can still complete: a capture must leave tokens for these. */
export function completionPhases(account: Account, context: Context): readonly Phase[] {
  return phaseStarts(account, context.now, context.now).map((at) => ({
    at,
    ...tokensAt(account, at),
    demands: completableDemands(account, at, context),
  }))
}

/** A phase in which the asked hold is open as well. It is over, like every hold, at its end. */
export function withAskedHolds(phase: Phase, asked: AskedHolds): Phase {
  const { meter, holds, included, rates, remainder, now } = asked
  const others = phase.demands.filter((demand) => demand.meter !== meter)
  const quantity = excessAt(holds, included, { now, at: phase.at })
  if (quantity === 0) return phase
  return {
    ...phase,
    demands: [...others, { meter, quantity, ...dearestDemand(rates, quantity, remainder) }],
  }
}

/** A phase after a payment. An overdrawn amount becomes negative, which covers nothing. */
export function spend(phase: Phase, { milliTokens, usdCents }: Spending): Phase {
  const drawn = Math.max(0, milliTokens - phase.lapsedMilliTokens)
  const { spendLeftUsdCents } = phase
  return {
    ...phase,
    milliTokens: phase.milliTokens - drawn,
    spendLeftUsdCents: spendLeftUsdCents === undefined ? undefined : spendLeftUsdCents - usdCents,
  }
}

/** True if the tokens of a phase and the rest of its spend limit cover its demands. */
export function isCovered({ demands, milliTokens, spendLeftUsdCents }: Phase): boolean {
  if (milliTokens < 0) return false
  if (spendLeftUsdCents === undefined) return inTokens(demands) <= milliTokens
  return spendLeftUsdCents >= 0 && dearestMoney(demands, milliTokens) <= spendLeftUsdCents
}

/** True if every phase stays covered after a payment. */
export function areCoveredAfter(phases: readonly Phase[], spending: Spending): boolean {
  return phases.every((phase) => isCovered(spend(phase, spending)))
}

/** The gap of a phase: `milliTokens` more tokens or, with pay-as-you-go, `usdCents` more spend limit would cover it. */
export interface Gap {
  readonly milliTokens: number
  readonly usdCents: number
}

export function gapOf(phase: Phase): Gap {
  const { demands, milliTokens, spendLeftUsdCents } = phase
  const most = Math.max(0, inTokens(demands) - milliTokens)
  return {
    milliTokens: smallest(most, (more) => isCovered({ ...phase, milliTokens: milliTokens + more })),
    usdCents:
      spendLeftUsdCents === undefined
        ? 0
        : Math.max(0, dearestMoney(demands, milliTokens) - spendLeftUsdCents),
  }
}

function phaseStarts(account: Account, now: Instant, until: Instant): readonly Instant[] {
  const last = Math.max(until, lastHoldEnd(account) ?? until)
  const changes = [...account.lots.map((lot) => lot.expiresAt), periodEnd(account.period)]
  const starts = changes.filter((at) => at > now && at < last).toSorted((a, b) => a - b)
  return [now, ...new Set(starts)]
}

function tokensAt({ lots }: Account, at: Instant): Pick<Phase, 'milliTokens' | 'lapsedMilliTokens'> {
  let milliTokens = 0
  let lapsedMilliTokens = 0
  for (const { expiresAt, remaining } of lots) {
    if (expiresAt > at) milliTokens += remaining
    else lapsedMilliTokens += remaining
  }
  return { milliTokens, lapsedMilliTokens }
}
