import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../api/queries.ts'
import { useApps } from '../../apps.ts'
import { Badge } from '../../components/badge.tsx'
import { AdminButton } from '../../components/button.tsx'
import { PageLink } from '../../components/page-link.tsx'
import { Panel } from '../../components/panel.tsx'
import { View } from '../../components/view.tsx'
import { useSay } from '../../layout/messages.tsx'
import { useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'
import { AlertDialog } from './alert-dialog.tsx'
import { Removal } from './removal.tsx'
import { type Alert, useAlertFigure, useChangeAlerts, useFigures } from './use-alerts.ts'
import './alerts.css'

/** The most alerts of a team. */
const alertsMax = 20

/** The team's own thresholds: those that are reached now, and each with its present figure. */
export function Alerts() {
  const { t } = useTranslation('alerts')
  const alerts = useAnswer('getAlerts', { params: { teamId: useTeamId() } })
  const [edited, setEdited] = useState<Alert | 'new'>()
  const [removed, setRemoved] = useState<Alert>()
  return (
    <Panel title={t('title')}>
      <p>{t('detail')}</p>
      <View query={alerts} isEmpty={({ alerts: list }) => list.length === 0} empty={<p>{t('none')}</p>}>
        {({ alerts: list }) => (
          <ul className="alerts">
            {list.map((alert) => (
              <AlertItem
                key={alert.alertId}
                alert={alert}
                onEdit={() => setEdited(alert)}
                onRemove={() => setRemoved(alert)}
              />
            ))}
          </ul>
        )}
      </View>
      {(alerts.data?.alerts.length ?? 0) < alertsMax && (
        <div className="buttons">
          <AdminButton onPress={() => setEdited('new')}>{t('add')}</AdminButton>
        </div>
      )}
      {edited !== undefined && (
        <AlertDialog alert={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />
      )}
      {removed !== undefined && <RemoveAlert alert={removed} onClose={() => setRemoved(undefined)} />}
    </Panel>
  )
}

interface AlertItemProps {
  readonly alert: Alert
  readonly onEdit: () => void
  readonly onRemove: () => void
}

function AlertItem({ alert, onEdit, onRemove }: AlertItemProps) {
  const { t } = useTranslation('alerts')
  const format = useFormat()
  const name = useAlertName()(alert)
  return (
    <li>
      <div className="alert-facts">
        <strong>{name}</strong>
        <Badge tone={alert.reachedAt === undefined ? 'plain' : 'warn'}>
          {alert.reachedAt === undefined ? t('notReached') : t('reached')}
        </Badge>
        <Present alert={alert} />
        {alert.reachedAt !== undefined && (
          <small>{t('reachedAt', { at: format.instant(alert.reachedAt) })}</small>
        )}
      </div>
      <div className="buttons">
        <AdminButton look="quiet" aria-label={t('changeOne', { name })} onPress={onEdit}>
          {t('change')}
        </AdminButton>
        <AdminButton look="quiet" aria-label={t('removeOne', { name })} onPress={onRemove}>
          {t('remove')}
        </AdminButton>
      </div>
    </li>
  )
}

/** The present figure. It leads to the page that shows it. */
function Present({ alert }: { readonly alert: Alert }) {
  const { t } = useTranslation('alerts')
  const figure = useFigures()(alert)
  const write = useAlertFigure()
  if (figure === undefined) return null
  const text = t('now', { figure: write(alert.measure, figure) })
  if (alert.measure === 'tokens-left' || alert.measure === 'days-left')
    return <PageLink page="overview">{text}</PageLink>
  return (
    <PageLink page="usage" query={alert.appId === undefined ? {} : { app: alert.appId }}>
      {text}
    </PageLink>
  )
}

/** Returns the sentence that says what an alert watches. */
function useAlertName(): (alert: Alert) => string {
  const { t } = useTranslation('alerts')
  const apps = useApps()
  const write = useAlertFigure()
  return ({ measure, appId, threshold }) => {
    const figure = write(measure, threshold)
    return appId === undefined
      ? t(`name.${measure}`, { figure })
      : t('name.app', { figure, app: apps.name(appId) })
  }
}

function RemoveAlert({ alert, onClose }: { readonly alert: Alert; readonly onClose: () => void }) {
  const { t } = useTranslation('alerts')
  const say = useSay()
  const put = useChangeAlerts()
  const name = useAlertName()(alert)
  const remove = () =>
    put.mutate((before) => before.filter(({ alertId }) => alertId !== alert.alertId), {
      onSuccess: () => {
        say(t('removed'))
        onClose()
      },
    })
  return (
    <Removal
      title={t('removeAsk')}
      detail={t('removeDetail', { name })}
      isPending={put.isPending}
      error={put.error}
      onRemove={remove}
      onClose={onClose}
    />
  )
}
