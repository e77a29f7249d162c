import { type Account, tokensLeft } from '../account/account.ts'
import {
  type Alert,
  type AlertNote,
  daysLeftMargin,
  isCost,
  reachedAt,
  type TeamAlerts,
  type WatchedAlert,
  watchedPeriods,
} from '../alerts/alert.ts'
import type { Context } from '../catalog/context.ts'
import { type Decision, unchanged } from '../decision.ts'
import type { Entry } from '../journal/entry.ts'
import { record } from '../journal/record.ts'
import type { Period } from '../time/time.ts'

export interface CheckAlerts {
  readonly kind: 'check-alerts'
}

/** The cost of a month's use: of the team or, with an app, of that app. */
export interface WatchedCost {
  readonly period: Period
  readonly appId?: string
  readonly milliTokens: number
  readonly usdCents: number
}

export interface CheckAlertsContext extends Context {
  /** As they are stored. The entries of the check are written only together with their new state. */
  readonly watched: TeamAlerts
  /** The costs that the alerts watch; a cost that is not known is not compared. */
  readonly costs: readonly WatchedCost[]
  /** Days until tokens no longer pay; present where an alert watches them. */
  readonly daysLeft?: number
}

/**
 * Notes each threshold that a figure has crossed since the last note: reached, or back under. A further check with the same
 * figures changes nothing. Returns the number of notes.
 */
export function checkAlerts(
  before: Account,
  _: CheckAlerts,
  { now, watched, costs, daysLeft }: CheckAlertsContext,
): Decision<number> {
  const entries: Entry[] = []
  let account = before
  const figures = { account: before, costs, daysLeft }
  for (const note of watched.alerts.flatMap((alert) => notesOf(alert, watchedPeriods(alert, now), figures))) {
    const next = record(account, now, { kind: 'alert-noted', ...note })
    account = next.account
    entries.push(next.entry)
  }
  return entries.length === 0 ? unchanged(before, 0) : { account, entries, answer: entries.length }
}

interface Figures {
  readonly account: Account
  readonly costs: readonly WatchedCost[]
  readonly daysLeft: number | undefined
}

function notesOf(watched: WatchedAlert, periods: readonly Period[], figures: Figures): readonly AlertNote[] {
  const { since: _, reached: __, ...alert } = watched
  return periods.flatMap((period) => {
    const value = figureOf(alert, period, figures)
    if (value === undefined) return []
    const wasReached = reachedAt(watched, period) !== undefined
    const isReached = reaches(alert, value, wasReached)
    return isReached === wasReached ? [] : [{ ...alert, isReached, value, period }]
  })
}

function reaches({ measure, threshold }: Alert, value: number, wasReached: boolean): boolean {
  if (isCost(measure)) return value >= threshold
  return value <= threshold + (measure === 'days-left' && wasReached ? daysLeftMargin : 0)
}

function figureOf(
  { measure, appId }: Alert,
  period: Period,
  { account, costs, daysLeft }: Figures,
): number | undefined {
  if (measure === 'tokens-left') return tokensLeft(account)
  if (measure === 'days-left') return daysLeft
  const cost = costs.find((row) => row.period === period && row.appId === appId)
  return measure === 'cost-tokens' ? cost?.milliTokens : cost?.usdCents
}
