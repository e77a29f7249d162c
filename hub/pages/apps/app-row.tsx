import { useTranslation } from 'react-i18next'
import { Badge } from '../../components/badge.tsx'
import { AdminButton } from '../../components/button.tsx'
import { Checkbox } from '../../components/checkbox.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Gauge } from '../../components/gauge.tsx'
import { PageLink } from '../../components/page-link.tsx'
import { useMeters } from '../../meters.ts'
import { useMayChange } from '../../session/session-context.ts'
import { AppState, type AppStateProps } from './app-state.tsx'

export interface AppRowProps extends AppStateProps {
  readonly isSelected: boolean
  readonly onSelect: (isSelected: boolean) => void
  readonly onLimit: () => void
}

/** One app: its state, its place and its limits. */
export function AppRow({ app, balance, isSelected, onSelect, onLimit }: AppRowProps) {
  const { t } = useTranslation('apps')
  const mayChange = useMayChange()
  const { appId, name, inHub } = app
  const change = app.limits.length === 0 ? t('limit.set') : t('limit.change')
  return (
    <li className="app">
      <div className="app-name">
        {inHub ? (
          <strong>{name}</strong>
        ) : (
          <Checkbox isSelected={isSelected} onChange={onSelect} isDisabled={!mayChange}>
            <strong>{name}</strong>
          </Checkbox>
        )}
        <div className="app-id">
          <small>{appId}</small>
          <CopyButton text={appId} label={t('clientId', { name })} />
        </div>
        <PageLink page="integrate" query={{ app: appId }}>
          {t('examples')}
        </PageLink>
        <span>
          {inHub ? <Badge>{t('hub.inside')}</Badge> : <Badge tone="warn">{t('hub.outside')}</Badge>}
        </span>
      </div>
      <AppState app={app} balance={balance} />
      <div className="app-limits">
        <Limits limits={app.limits} />
        <AdminButton onPress={onLimit} aria-label={`${change}: ${name}`}>
          {change}
        </AdminButton>
      </div>
    </li>
  )
}

function Limits({ limits }: Pick<AppStateProps['app'], 'limits'>) {
  const { t } = useTranslation('apps')
  const meters = useMeters()
  if (limits.length === 0) return <small>{t('limit.none')}</small>
  return limits.map(({ meter, perPeriod, used = 0 }) => (
    <Gauge
      key={meter}
      label={meters.name(meter)}
      used={used}
      held={0}
      limit={perPeriod}
      write={(quantity) => meters.quantity(meter, quantity)}
    />
  ))
}
