import { getForecast as call, type ForecastAnswer } from '../../contract/get-forecast.ts'
import { instantToJson } from '../../contract/instant.ts'
import { resetsAt } from '../../core/advance.ts'
import { type Cost, type Forecast, forecast } from '../../core/forecast/forecast.ts'
import type { DayUse } from '../../core/forecast/history.ts'
import { appLimitsAhead, type LimitAhead } from '../../core/forecast/limits.ts'
import { dayOf } from '../../core/time/time.ts'
import { seesMoney } from '../http/caller.ts'
import { tokensToJson } from '../http/charge-json.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import { atOnce } from '../runtime/at-once.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { dayUse, forecastSpan } from '../store/day-use.ts'
import type { Seen } from '../store/operations.ts'
import { UsagePages } from '../store/usage-pages.ts'

/** A team has at most 50 limits of apps. */
const appsAtOnce = 10

/** Forecasts a team's month and tokens from its daily usage. Only admins see money. */
export function getForecast(deps: TeamDeps) {
  const pages = new UsagePages(deps.table)
  return hubRoute(deps, call, async ({ params: { teamId }, ...asker }): Promise<Outcome> => {
    const seen = await deps.operations.look(teamId)
    if (seen === undefined) return notFound
    const { account, now } = seen
    const span = forecastSpan(account, now)
    const rows = await dayUse(pages, span)
    const rowsOfApps = new Map<string, readonly DayUse[]>()
    await atOnce(new Set(account.limits.map(({ appId }) => appId)), appsAtOnce, async (appId) => {
      rowsOfApps.set(appId, await dayUse(pages, { ...span, appId }))
    })
    const found = forecast(account, rows, seen)
    const limits = [...found.limits, ...appLimitsAhead(account, rowsOfApps, now)]
    const body = forecastToJson(seen, { ...found, limits })
    return { status: 200, body: seesMoney(asker) ? body : withoutMoney(body) }
  })
}

function forecastToJson({ account, now }: Seen, found: Forecast): ForecastAnswer {
  const { cost, lastMonth, days, tokens, limits, meters, basis } = found
  return {
    at: instantToJson(now),
    period: account.period,
    resetsAt: instantToJson(resetsAt(account)),
    cost: {
      soFar: costToJson(cost.soFar),
      expected: costToJson(cost.expected),
      low: costToJson(cost.low),
      high: costToJson(cost.high),
    },
    lastMonth: { period: lastMonth.period, ...costToJson(lastMonth) },
    days: days.map((row) => ({ day: row.day, ...costToJson(row) })),
    tokens: tokensAheadToJson(tokens),
    limits: limits.map(limitToJson),
    meters: [...meters],
    basis: { from: dayOf(basis.from), to: dayOf(basis.to), days: basis.days },
  }
}

function costToJson({ milliTokens, usdCents }: Cost) {
  return { tokens: tokensToJson(milliTokens), usdCents }
}

function tokensAheadToJson(tokens: Forecast['tokens']): ForecastAnswer['tokens'] {
  const { milliTokens, runOutOn, runOutEarliestOn, runOutLatestOn, lapsing, horizonAt } = tokens
  return {
    remaining: tokensToJson(milliTokens),
    ...(runOutOn !== undefined && { runOutOn: dayOf(runOutOn) }),
    ...(runOutEarliestOn !== undefined && { runOutEarliestOn: dayOf(runOutEarliestOn) }),
    ...(runOutLatestOn !== undefined && { runOutLatestOn: dayOf(runOutLatestOn) }),
    lapsing: lapsing.map((lot) => {
      return {
        lotId: lot.lotId,
        expiresAt: instantToJson(lot.expiresAt),
        tokens: tokensToJson(lot.milliTokens),
      }
    }),
    horizonAt: instantToJson(horizonAt),
  }
}

function limitToJson({ reachedOn, ...limit }: LimitAhead): ForecastAnswer['limits'][number] {
  return { ...limit, ...(reachedOn !== undefined && { reachedOn: dayOf(reachedOn) }) }
}

/** The forecast as developers read it: use, tokens and limits. */
function withoutMoney({ cost, lastMonth, days, limits, ...answer }: ForecastAnswer): ForecastAnswer {
  const { soFar, expected, low, high } = cost
  return {
    ...answer,
    cost: { soFar: inTokens(soFar), expected: inTokens(expected), low: inTokens(low), high: inTokens(high) },
    lastMonth: inTokens(lastMonth),
    days: days.map(inTokens),
    limits: limits.filter(({ kind }) => kind !== 'spend'),
  }
}

function inTokens<Row extends { readonly usdCents?: number | undefined }>({ usdCents: _, ...row }: Row) {
  return row
}
