import { useTranslation } from 'react-i18next'
import type { BalanceAnswer as Balance } from '../../../contract/get-balance.ts'
import { Gauge } from '../../components/gauge.tsx'
import { Panel } from '../../components/panel.tsx'
import { useMeters } from '../../meters.ts'
import { UsageLink } from './usage-link.tsx'

type Free = Balance['free'][number]

const isInUse = ({ used, held }: Free) => used + held > 0

/** The used part of each monthly free amount: meters in use first, the others on demand. */
export function FreeGauges({ free }: { readonly free: Balance['free'] }) {
  const { t } = useTranslation('overview')
  if (free.length === 0) return null
  const others = free.filter((row) => !isInUse(row))
  return (
    <Panel title={t('free.title')} aside={<UsageLink />}>
      {others.length === free.length && <p>{t('free.none')}</p>}
      <Gauges free={free.filter(isInUse)} />
      {others.length > 0 && (
        <details>
          <summary>{t('free.others', { count: others.length })}</summary>
          <Gauges free={others} />
        </details>
      )}
    </Panel>
  )
}

function Gauges({ free }: { readonly free: readonly Free[] }) {
  const { t } = useTranslation('overview')
  const meters = useMeters()
  return (
    <div className="gauges">
      {free.map(({ meter, used, held, limit, stoppedBy }) => (
        <Gauge
          key={meter}
          label={meters.name(meter)}
          used={used}
          held={held}
          limit={limit}
          write={(quantity) => meters.quantity(meter, quantity)}
          note={stoppedBy && t('free.stopped', { by: meters.name(stoppedBy) })}
        />
      ))}
    </div>
  )
}
