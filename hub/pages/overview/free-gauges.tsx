import { useTranslation } from 'react-i18next'
import type { Balance } from '../../api/types.ts'
import { Gauge } from '../../components/gauge.tsx'
import { Panel } from '../../components/panel.tsx'
import { useMeters } from '../../meters.ts'

/** What is used of each monthly free amount. */
export function FreeGauges({ free }: { readonly free: Balance['free'] }) {
  const { t } = useTranslation('overview')
  const meters = useMeters()
  if (free.length === 0) return null
  return (
    <Panel title={t('free.title')}>
      <div className="gauges">
        {free.map(({ meter, used, held, limit }) => (
          <Gauge
            key={meter}
            label={meters.name(meter)}
            used={used}
            held={held}
            limit={limit}
            write={(quantity) => meters.quantity(meter, quantity)}
          />
        ))}
      </div>
    </Panel>
  )
}
