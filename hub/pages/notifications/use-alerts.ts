import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { AlertsAnswer } from '../../../contract/get-alerts.ts'
import { dayMs } from '../../../core/time/time.ts'
import type { Body } from '../../api/client.ts'
import { isPassing, isStale } from '../../api/problem.ts'
import { useAnswer } from '../../api/queries.ts'
import { useClient, useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'

export type Alert = AlertsAnswer['alerts'][number]
export type Settings = Body<'putAlerts'>['alerts'][number]
export type Measure = Alert['measure']

const retriesMax = 2

/**
 * Changes the alerts, which are sent as a whole. Each change applies to the alerts at that time: if another admin has changed
 * them in between, they are read again.
 */
export function useChangeAlerts(): UseMutationResult<AlertsAnswer, Error, ChangeAlerts> {
  const params = { teamId: useTeamId() }
  const client = useClient()
  const queries = useQueryClient()
  return useMutation({
    scope: { id: 'alerts' },
    mutationFn: async (change) => {
      const { answer, etag } = await client.read('getAlerts', { params })
      const alerts = change(answer.alerts.map(settingsOf))
      return client.call('putAlerts', { params, body: { alerts: [...alerts] }, ifMatch: etag })
    },
    retry: (failures, error) => failures < retriesMax && (isPassing(error) || isStale(error)),
    onSuccess: () => queries.invalidateQueries(),
  })
}

/** Returns the new alerts from the current ones. */
export type ChangeAlerts = (before: readonly Settings[]) => readonly Settings[]

/** The settings of a measure. Only a cost may be that of one app. */
export function settingsOf({ alertId, appId, measure, threshold }: Omit<Alert, 'reachedAt'>): Settings {
  const app = appId === undefined ? {} : { appId }
  return measure === 'cost-usd-cents' || measure === 'cost-tokens'
    ? { alertId, ...app, measure, threshold }
    : { alertId, measure, threshold }
}

/** Returns the present figure that an alert watches, as the other pages show it; undefined until it is loaded. */
export function useFigures(): (alert: Pick<Alert, 'measure' | 'appId'>) => number | undefined {
  const params = { teamId: useTeamId() }
  const { data: balance } = useAnswer('getBalance', { params })
  const { data: forecast } = useAnswer('getForecast', { params })
  const period = balance?.at.slice(0, 7) ?? ''
  const to = balance?.at.slice(0, 10) ?? ''
  const query = { from: `${period}-01`, to, groupBy: 'app' }
  const { data: usage } = useAnswer('getUsage', { params, query }, { isAsked: balance !== undefined })
  return ({ measure, appId }) => {
    if (measure === 'tokens-left') return balance?.flex.tokens
    if (measure === 'days-left') return forecast && daysLeft(forecast)
    const rows = usage?.rows.filter(({ app }) => appId === undefined || app === appId)
    const amount = (row: { tokens: number; usdCents?: number | undefined }) =>
      measure === 'cost-tokens' ? Math.round(row.tokens * 1_000) : (row.usdCents ?? 0)
    const sum = rows?.reduce((total, row) => total + amount(row), 0)
    return measure === 'cost-tokens' && sum !== undefined ? sum / 1_000 : sum
  }
}

/** Whole days until tokens no longer pay; at least until the forecast sees no further. */
function daysLeft({
  at,
  tokens,
}: {
  at: string
  tokens: { remaining: number; runOutOn?: string | undefined; horizonAt: string }
}) {
  if (tokens.remaining === 0) return 0
  const end = tokens.runOutOn ?? tokens.horizonAt.slice(0, 10)
  return Math.round((Date.parse(end) - Date.parse(at.slice(0, 10))) / dayMs)
}

/** Writes a figure in the unit of its measure. */
export function useAlertFigure(): (measure: Measure, figure: number) => string {
  const { t } = useTranslation('alerts')
  const format = useFormat()
  return (measure, figure) => {
    if (measure === 'cost-usd-cents') return format.usd(figure)
    return measure === 'days-left'
      ? t('days', { number: format.number(figure), count: figure })
      : t('tokens', { number: format.tokens(figure), count: figure })
  }
}
