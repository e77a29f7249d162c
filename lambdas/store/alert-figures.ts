import { type Account, tokensLeft } from '../../core/account/account.ts'
import { isCost, type WatchedAlert, watchedPeriods } from '../../core/alerts/alert.ts'
import type { Context } from '../../core/catalog/context.ts'
import type { CheckAlertsContext, WatchedCost } from '../../core/commands/check-alerts.ts'
import { forecast } from '../../core/forecast/forecast.ts'
import { dayMs, dayStartOf, daysOf, type Instant, type Period } from '../../core/time/time.ts'
import { dayUse, forecastSpan } from './day-use.ts'
import type { Table } from './table.ts'
import { haltedVersion, readUsageCursor } from './usage-cursor.ts'
import { UsagePages } from './usage-pages.ts'

/** Readings of the costs that are given up when the usage view moved during each. */
const readingsMax = 5

interface Watch {
  readonly period: Period
  readonly appId?: string
}

/** Reads the figures that alerts watch. */
export class AlertFigureStore {
  private readonly table: Table
  private readonly pages: UsagePages

  constructor(table: Table) {
    this.table = table
    this.pages = new UsagePages(table)
  }

  /** The figures that alerts watch, apart from those that the account has. */
  async find(
    account: Account,
    alerts: readonly WatchedAlert[],
    context: Context,
  ): Promise<Pick<CheckAlertsContext, 'costs' | 'daysLeft'>> {
    const costs = await this.costs(account.teamId, alerts, context.now)
    if (!alerts.some(({ measure }) => measure === 'days-left')) return { costs }
    return { costs, daysLeft: await this.daysLeft(account, context) }
  }

  /** Whole days until tokens no longer pay, as the forecast has it; at least until it sees no further. */
  private async daysLeft(account: Account, context: Context): Promise<number> {
    if (tokensLeft(account) === 0) return 0
    const { now } = context
    const rows = await dayUse(this.pages, forecastSpan(account, now))
    const { runOutOn, horizonAt } = forecast(account, rows, context).tokens
    return Math.round(((runOutOn ?? dayStartOf(horizonAt)) - dayStartOf(now)) / dayMs)
  }

  /**
   * The costs that alerts watch, all as of one version of the usage view. Empty while the view is rebuilt, and where it
   * moved during each reading: then the run that has moved it checks the alerts after this one.
   */
  private async costs(
    teamId: string,
    alerts: readonly WatchedAlert[],
    now: Instant,
  ): Promise<readonly WatchedCost[]> {
    const watches = watchesOf(alerts, now)
    if (watches.length === 0) return []
    for (let reading = 0; reading < readingsMax; reading++) {
      const version = await readUsageCursor(this.table, teamId)
      if (version === haltedVersion) return []
      const costs = await Promise.all(watches.map((watch) => this.cost(teamId, watch)))
      if ((await readUsageCursor(this.table, teamId)) === version) return costs
    }
    return []
  }

  private async cost(teamId: string, watch: Watch): Promise<WatchedCost> {
    const { period } = watch
    const { appId } = watch
    const app = appId === undefined ? {} : { appId }
    const { groups } = await this.pages.page({ teamId, ...daysOf(period), by: ['meter'], ...app })
    const sum = (amount: (group: (typeof groups)[number]) => number) =>
      groups.reduce((total, group) => total + amount(group), 0)
    return { ...watch, milliTokens: sum((row) => row.milliTokens), usdCents: sum((row) => row.usdCents) }
  }
}

/** The months and apps whose cost alerts watch, each once. */
function watchesOf(alerts: readonly WatchedAlert[], now: Instant): readonly Watch[] {
  const watches = alerts
    .filter(({ measure }) => isCost(measure))
    .flatMap((alert) =>
      watchedPeriods(alert, now).map((period): [string, Watch] => {
        const { appId } = alert
        return [`${period} ${appId ?? ''}`, appId === undefined ? { period } : { period, appId }]
      }),
    )
  return [...new Map(watches).values()]
}
