import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../api/queries.ts'
import { Button } from '../../components/button.tsx'
import { DayField } from '../../components/day-field.tsx'
import { NumberField } from '../../components/number-field.tsx'
import { TextField } from '../../components/text-field.tsx'
import { useClient, useTeamId } from '../../session/session-context.ts'
import { ActDialog } from './act-dialog.tsx'
import type { ActProps } from './simple-acts.tsx'
import { type TeamRead, useTeamRead, useUnlessStale } from './team-read.ts'

interface Row {
  /** Tells rows apart while the form is open. */
  readonly key: string
  readonly product: string
  readonly count: number | undefined
  readonly from: string
  readonly until: string
}

/** Replaces the team's subscriptions, as far as nobody else has changed the team since the form was opened. */
export function Subscriptions({ onClose }: ActProps) {
  const read = useTeamRead()
  return read === undefined ? null : <SubscriptionsForm read={read} onClose={onClose} />
}

function SubscriptionsForm({ read, onClose }: ActProps & { readonly read: TeamRead }) {
  const { t } = useTranslation('ops-team')
  const client = useClient()
  const params = { teamId: useTeamId() }
  const change = useUnlessStale(read.etag)
  const [rows, setRows] = useState<readonly Row[]>(() =>
    read.answer.subscriptions.map(({ until = '', ...row }) => ({ key: crypto.randomUUID(), until, ...row })),
  )
  const { data: balance } = useAnswer('getBalance', { params })
  const today = balance?.at.slice(0, 10)
  const add = () => {
    const row = { key: crypto.randomUUID(), product: '', count: undefined, from: today ?? '', until: '' }
    setRows((before) => [...before, row])
  }
  const replace = (row: Row) => setRows((before) => before.map((each) => (each.key === row.key ? row : each)))
  return (
    <ActDialog
      title={t('subscriptions.title')}
      detail={<p>{t('subscriptions.detail')}</p>}
      confirm={t('subscriptions.confirm')}
      done={t('subscriptions.done')}
      isReady={rows.every(
        ({ product, count = 0, from }) => product.trim() !== '' && count > 0 && from !== '',
      )}
      run={({ reason, preview }) =>
        change((ifMatch) => {
          const body = { subscriptions: rows.map(toSent), reason }
          return client.call('setSubscriptions', { params, query: { preview }, body, ifMatch })
        })
      }
      onClose={onClose}
    >
      {rows.map((row) => (
        <RowFields
          key={row.key}
          row={row}
          today={today}
          onChange={replace}
          onRemove={() => setRows((before) => before.filter(({ key }) => key !== row.key))}
        />
      ))}
      <div>
        <Button onPress={add}>{t('subscriptions.add')}</Button>
      </div>
    </ActDialog>
  )
}

interface RowFieldsProps {
  readonly row: Row
  readonly today: string | undefined
  readonly onChange: (row: Row) => void
  readonly onRemove: () => void
}

function RowFields({ row, today, onChange, onRemove }: RowFieldsProps) {
  const { t } = useTranslation('ops-team')
  return (
    <fieldset className="subscription-row">
      <legend>{row.product === '' ? t('subscriptions.product') : row.product}</legend>
      <TextField
        label={t('subscriptions.product')}
        value={row.product}
        onChange={(product) => onChange({ ...row, product })}
        lengthMax={64}
        isRequired
      />
      <NumberField
        label={t('subscriptions.count')}
        defaultValue={row.count}
        onType={(count) => onChange({ ...row, count })}
      />
      <DayField
        label={t('subscriptions.from')}
        value={row.from}
        today={today}
        onChange={(from) => onChange({ ...row, from })}
        isRequired
      />
      <DayField
        label={t('subscriptions.until')}
        value={row.until}
        today={today}
        onChange={(until) => onChange({ ...row, until })}
      />
      <Button look="quiet" onPress={onRemove}>
        {t('subscriptions.remove')}
      </Button>
    </fieldset>
  )
}

function toSent({ product, count = 0, from, until }: Row) {
  return { product: product.trim(), count, from, ...(until !== '' && { until }) }
}
