import { useTranslation } from 'react-i18next'
import type { BalanceAnswer as Balance } from '../../../contract/get-balance.ts'
import { Gauge } from '../../components/gauge.tsx'
import { Panel } from '../../components/panel.tsx'
import { useMeters } from '../../meters.ts'

/** The used part of what the team's product subscriptions include this month. Absent without one. */
export function IncludedGauges({ included }: { readonly included: Balance['included'] }) {
  const { t } = useTranslation('overview')
  const meters = useMeters()
  if (included.length === 0) return null
  return (
    <Panel title={t('included.title')}>
      <p>{t('included.detail')}</p>
      <div className="gauges">
        {included.map(({ meter, used, limit, remaining }) => (
          <Gauge
            key={meter}
            label={meters.name(meter)}
            used={used}
            held={limit - used - remaining}
            limit={limit}
            write={(quantity) => meters.quantity(meter, quantity)}
          />
        ))}
      </div>
    </Panel>
  )
}
