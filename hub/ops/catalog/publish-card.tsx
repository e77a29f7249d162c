import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Choice } from '../../components/choice.tsx'
import { useClient } from '../../session/session-context.ts'
import { areNumbers, changedRows, type TypedRows } from './draft.ts'
import { JsonField, objectIn } from './json-field.tsx'
import { Measure } from './measure.tsx'
import { PublishForm } from './publish-form.tsx'
import { CardTable, type Rate } from './rate-tables.tsx'
import { RowEditor } from './row-editor.tsx'

export interface PublishCardProps {
  readonly rates: readonly Rate[]
  readonly now: string
}

/** Publishes a rate card: cells of the rates in force are edited, or the rows are pasted as JSON. */
export function PublishCard({ rates, now }: PublishCardProps) {
  const { t } = useTranslation('ops-catalog')
  const client = useClient()
  const [way, setWay] = useState<'table' | 'json'>('table')
  const [typed, setTyped] = useState<TypedRows>({})
  const [text, setText] = useState('')
  const rows = changedRows(rates, typed)
  const meters = way === 'table' ? rows : objectIn(text)
  const problem =
    way === 'json'
      ? meters === undefined && t('publish.noJson')
      : rows.length === 0
        ? t('publish.noChange')
        : !areNumbers(rows) && t('publish.noNumber')
  const choose = (next: 'table' | 'json') => {
    if (next === 'json') setText(JSON.stringify(rows, null, 2))
    setWay(next)
  }
  return (
    <PublishForm
      title={t('publish.rateCard')}
      now={now}
      problem={problem || undefined}
      send={({ version, effectiveAt, reason }, query) =>
        client.call('publishRateCard', { params: { version }, query, body: { effectiveAt, reason, meters } })
      }
      review={
        <>
          <CardTable
            label={t('rates.changes')}
            rows={way === 'table' ? rows : wholeRows(meters)}
            before={rates}
          />
          <Measure meters={meters} now={now} />
        </>
      }
      editor={(errors) => (
        <>
          <Choice
            label={t('publish.way')}
            value={way}
            onChange={choose}
            options={{ table: t('publish.table'), json: t('publish.json') }}
          />
          {way === 'table' ? (
            <RowEditor rates={rates} rows={rows} typed={typed} onType={setTyped} errors={errors} />
          ) : (
            <JsonField label={t('publish.rows')} value={text} onChange={setText} />
          )}
        </>
      )}
    />
  )
}

/** The rows with rates; one that only ends its meter has none. */
function wholeRows(meters: unknown): readonly Rate[] {
  return Array.isArray(meters) ? meters.filter((row) => typeof row?.unitSize === 'number') : []
}
