import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWrite } from '../../api/queries.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Form } from '../../components/form.tsx'
import { NumberField } from '../../components/number-field.tsx'
import { Select } from '../../components/select.tsx'
import { View } from '../../components/view.tsx'
import { useSay } from '../../layout/messages.tsx'
import { type RatedMeter, useMeters, useOffer } from '../../meters.ts'
import { useTeamId } from '../../session/session-context.ts'
import type { HubApp } from './app-state.tsx'
import { baseUnitsOf, shownAmount } from './limit-amount.ts'

export interface LimitDialogProps {
  readonly app: HubApp
  readonly onClose: () => void
}

/** Sets, changes or lifts an app's monthly limit for a meter. */
export function LimitDialog({ app, onClose }: LimitDialogProps) {
  const { t } = useTranslation('apps')
  const offer = useOffer()
  return (
    <Dialog title={t('limit.of', { name: app.name })} isOpen onClose={onClose}>
      <p>{t('limit.hint')}</p>
      <View query={offer}>
        {({ rateCard }) => <LimitForm app={app} onClose={onClose} rates={rateCard.meters} />}
      </View>
    </Dialog>
  )
}

interface LimitFormProps extends LimitDialogProps {
  readonly rates: readonly RatedMeter[]
}

function LimitForm({ app, onClose, rates }: LimitFormProps) {
  const { t } = useTranslation('apps')
  const meters = useMeters()
  const [meter, setMeter] = useState(app.limits[0]?.meter ?? rates[0]?.meter ?? '')
  const [amount, setAmount] = useState<number>()
  const { put, write } = useLimit(app, onClose)
  const baseUnit = meters.rated(meter)?.baseUnit ?? ''
  const now = app.limits.find((limit) => limit.meter === meter)?.perPeriod
  const save = () => {
    if (amount !== undefined) put(meter, baseUnitsOf(amount, baseUnit))
  }
  return (
    <Form isPending={write.isPending} onSubmit={save}>
      <Select
        label={t('limit.meter')}
        value={meter}
        onChange={setMeter}
        options={rates.map((rate) => ({ value: rate.meter, text: meters.name(rate.meter) }))}
      />
      <NumberField
        key={meter}
        label={baseUnit === 'seconds' ? t('limit.minutes') : t('limit.amount')}
        defaultValue={now === undefined ? undefined : shownAmount(now, baseUnit)}
        decimalsMax={baseUnit === 'seconds' ? 2 : 0}
        hint={
          amount === undefined ? t('limit.unlimited') : meters.quantity(meter, baseUnitsOf(amount, baseUnit))
        }
        onType={setAmount}
      />
      {write.error !== null && <ErrorState error={write.error} />}
      <div className="buttons">
        <Button type="submit" look="primary" isDisabled={amount === undefined} isPending={write.isPending}>
          {write.isPending ? t('working') : t('limit.save')}
        </Button>
        {now !== undefined && (
          <Button look="danger" isDisabled={write.isPending} onPress={() => put(meter, null)}>
            {t('limit.lift')}
          </Button>
        )}
        <Button onPress={onClose}>{t('cancel')}</Button>
      </div>
    </Form>
  )
}

/** Sets a limit (null lifts it), shows a message and closes the dialog. */
function useLimit({ appId, name }: HubApp, onClose: () => void) {
  const { t } = useTranslation('apps')
  const say = useSay()
  const teamId = useTeamId()
  const write = useWrite('limitApp')
  const put = (meter: string, perPeriod: number | null) => {
    const onSuccess = () => {
      say(perPeriod === null ? t('limit.lifted', { name }) : t('limit.saved', { name }))
      onClose()
    }
    write.mutate({ params: { teamId, appId }, body: { meter, perPeriod } }, { onSuccess })
  }
  return { put, write }
}
