import { useTranslation } from 'react-i18next'
import type { ForecastAnswer as Forecast } from '../../../contract/get-forecast.ts'
import { useApps } from '../../apps.ts'
import { PageLink } from '../../components/page-link.tsx'
import { useMeters } from '../../meters.ts'
import { useFormat } from '../../use-format.ts'

type Limit = Forecast['limits'][number]

const pageOf = { spend: 'plan', app: 'apps', free: 'usage', included: 'usage' } as const
/** More would hide the figures above; the pages behind the links have all. */
const shownMax = 5

/** The days on which the spend limit, free and included amounts and limits of apps are reached at today's pace. */
export function LimitDays({ limits }: { readonly limits: readonly Limit[] }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const meters = useMeters()
  const apps = useApps()
  const reached = limits
    .flatMap((limit) => (limit.reachedOn === undefined ? [] : [{ ...limit, reachedOn: limit.reachedOn }]))
    .toSorted((a, b) => (a.reachedOn < b.reachedOn ? -1 : 1))
  if (reached.length === 0) return null
  return (
    <ul className="limit-days">
      {reached.slice(0, shownMax).map(({ kind, meter = '', appId = '', limit, reachedOn }) => (
        <li key={`${kind} ${meter} ${appId}`}>
          <PageLink page={pageOf[kind]} query={kind === 'free' || kind === 'included' ? { meter } : {}}>
            {t(`cost.limit.${kind}`, {
              limit: kind === 'spend' ? format.usd(limit) : meters.quantity(meter, limit),
              meter: meters.name(meter),
              app: apps.name(appId),
            })}
          </PageLink>{' '}
          {t('cost.reached', { on: format.day(reachedOn) })}
        </li>
      ))}
    </ul>
  )
}
