import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApps } from '../../apps.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Form } from '../../components/form.tsx'
import { NumberField } from '../../components/number-field.tsx'
import { Select } from '../../components/select.tsx'
import { useSay } from '../../layout/messages.tsx'
import {
  type Alert,
  type Measure,
  settingsOf,
  useAlertFigure,
  useChangeAlerts,
  useFigures,
} from './use-alerts.ts'

const measures: readonly Measure[] = ['cost-usd-cents', 'cost-tokens', 'tokens-left', 'days-left']
const centsPerDollar = 100

export interface AlertDialogProps {
  /** Absent for a new alert. */
  readonly alert: Alert | undefined
  readonly onClose: () => void
}

/** Adds an alert, or changes its threshold. The present figure helps to choose one. */
export function AlertDialog({ alert, onClose }: AlertDialogProps) {
  const { t } = useTranslation('alerts')
  const say = useSay()
  const put = useChangeAlerts()
  const apps = useApps()
  // One id for each form, so that a repeated request sets one alert.
  const [alertId] = useState(() => alert?.alertId ?? crypto.randomUUID())
  const [measure, setMeasure] = useState<Measure>(alert?.measure ?? 'cost-usd-cents')
  const [appId, setAppId] = useState(alert?.appId ?? '')
  const [number, setNumber] = useState<number>()
  const scale = measure === 'cost-usd-cents' ? centsPerDollar : 1
  const hasApp = measure === 'cost-usd-cents' || measure === 'cost-tokens'
  const app = hasApp && appId !== '' ? { appId } : {}
  const save = () => {
    if (number === undefined) return
    const threshold = Math.round(number * scale)
    const next = settingsOf({ alertId, ...app, measure, threshold })
    put.mutate(
      (before) =>
        before.some((other) => other.alertId === alertId)
          ? before.map((other) => (other.alertId === alertId ? next : other))
          : [...before, next],
      {
        onSuccess: () => {
          say(t('saved'))
          onClose()
        },
      },
    )
  }
  return (
    <Dialog title={alert === undefined ? t('add') : t('changeTitle')} isOpen onClose={onClose}>
      <Form isPending={put.isPending} onSubmit={save}>
        <Select
          label={t('measure')}
          value={measure}
          onChange={(value) => setMeasure(measures.find((known) => known === value) ?? measure)}
          options={measures.map((known) => ({ value: known, text: t(`measures.${known}`) }))}
        />
        {hasApp && (
          <Select
            label={t('scope')}
            value={appId}
            onChange={setAppId}
            options={[
              { value: '', text: t('wholeTeam') },
              ...apps.list.map((known) => ({ value: known.appId, text: known.name })),
            ]}
          />
        )}
        <NumberField
          key={measure}
          label={t(`threshold.${measure}`)}
          defaultValue={alert?.measure === measure ? alert.threshold / scale : undefined}
          decimalsMax={measure === 'cost-usd-cents' ? 2 : 0}
          onType={setNumber}
        />
        <PresentFigure measure={measure} {...app} />
        {put.error !== null && <ErrorState error={put.error} />}
        <div className="buttons">
          <Button type="submit" look="primary" isDisabled={!number} isPending={put.isPending}>
            {t('save')}
          </Button>
          <Button look="quiet" onPress={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}

function PresentFigure(watched: Pick<Alert, 'measure' | 'appId'>) {
  const { t } = useTranslation('alerts')
  const figure = useFigures()(watched)
  const write = useAlertFigure()
  return (
    <p>{figure === undefined ? t('nowUnknown') : t('now', { figure: write(watched.measure, figure) })}</p>
  )
}
