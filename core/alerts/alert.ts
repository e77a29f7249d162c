import { closesAt, type Instant, type Period, periodOf, previousPeriod } from '../time/time.ts'

/**
 * The figures that alerts watch. A cost is that of the use of one month, as the usage view shows it, and reaches a threshold
 * by rising to it. Tokens left are those of all lots, and reach it by falling to it. Days left are the days until tokens no
 * longer pay at the present pace, as the forecast has it. A measure fixes the unit of its figures: US cents, thousandths of
 * tokens, or days.
 */
export const alertMeasures = ['cost-usd-cents', 'cost-tokens', 'tokens-left', 'days-left'] as const

export type AlertMeasure = (typeof alertMeasures)[number]

/**
 * Days by which tokens must last longer than the threshold before an alert on days left ends: the pace of each day moves
 * the forecast by a day or two, and that is no news.
 */
export const daysLeftMargin = 3

/** The most alerts of a team: they are one item, which a check reads and a change writes as a whole. */
export const alertsMax = 20

/** A threshold that a team has set for itself. */
export interface Alert {
  readonly alertId: string
  /** Watches the cost of this app alone; only where the measure is a cost. */
  readonly appId?: string
  readonly measure: AlertMeasure
  readonly threshold: number
}

/** A month in which a threshold is reached, and the instant at which the team was notified. */
export interface Reached {
  readonly period: Period
  readonly at: Instant
}

/** An alert with the crossings of which the team was notified. */
export interface WatchedAlert extends Alert {
  /** The month of its last change: it watches no earlier one. */
  readonly since: Period
  /** The months in which its cost is reached; for a figure that no month resets, at most one row. */
  readonly reached: readonly Reached[]
}

/** All alerts of a team. */
export interface TeamAlerts {
  readonly teamId: string
  /** Counts changes of the alerts and of their state, so that none is lost and none happens twice. */
  readonly revision: number
  readonly alerts: readonly WatchedAlert[]
}

/** A crossing of a threshold, in one direction. */
export interface AlertNote extends Alert {
  readonly isReached: boolean
  /** The figure that crossed the threshold, in the unit of the measure. */
  readonly value: number
  readonly period: Period
}

/** A cost starts at zero each month. Other figures go on. */
export function isCost(measure: AlertMeasure): boolean {
  return measure === 'cost-usd-cents' || measure === 'cost-tokens'
}

/** The months that an alert watches: the current one, and for a cost the one before it until its bill is closed. */
export function watchedPeriods({ measure, since }: WatchedAlert, now: Instant): readonly Period[] {
  const period = periodOf(now)
  const before = previousPeriod(period)
  return isCost(measure) && now < closesAt(before) && before >= since ? [before, period] : [period]
}

/** The instant since which an alert is reached in a month; undefined while it is not. */
export function reachedAt({ measure, reached }: WatchedAlert, period: Period): Instant | undefined {
  return reached.find((row) => !isCost(measure) || row.period === period)?.at
}

/** The alerts after a crossing of which the team is notified. Months whose bill is closed are forgotten. */
export function applyNote(
  alerts: readonly WatchedAlert[],
  { alertId, measure, period, isReached }: AlertNote,
  at: Instant,
): readonly WatchedAlert[] {
  const isKept = (row: Reached) => isCost(measure) && row.period !== period && at < closesAt(row.period)
  return alerts.map((alert) => {
    if (alert.alertId !== alertId) return alert
    const others = alert.reached.filter(isKept)
    return { ...alert, reached: isReached ? [...others, { period, at }] : others }
  })
}

/**
 * The alerts after a team has set them. Of an alert that goes on watching the same figure, the crossings are remembered, so
 * that saving it again notifies nobody; with another threshold it does not look back at an earlier month.
 */
export function replaceAlerts(
  before: readonly WatchedAlert[],
  alerts: readonly Alert[],
  now: Instant,
): readonly WatchedAlert[] {
  const fresh = { since: periodOf(now), reached: [] }
  return alerts.map((alert) => {
    const known = before.find(({ alertId }) => alertId === alert.alertId)
    if (known === undefined || known.measure !== alert.measure || known.appId !== alert.appId)
      return { ...alert, ...fresh }
    const { reached, threshold } = known
    const since = threshold === alert.threshold ? known.since : fresh.since
    return { ...alert, since, reached }
  })
}
