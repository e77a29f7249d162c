import { useTranslation } from 'react-i18next'
import { Badge } from '../../components/badge.tsx'
import { Table } from '../../components/table.tsx'
import { useMeters } from '../../meters.ts'
import { type RowField, rowFields, type TypedRows, textOf } from './draft.ts'
import type { FieldProblem } from './publish-form.tsx'
import type { Rate } from './rate-tables.tsx'

export interface RowEditorProps {
  readonly rates: readonly Rate[]
  /** The changed rows, in the order in which they are sent. */
  readonly rows: readonly Rate[]
  readonly typed: TypedRows
  readonly onType: (typed: TypedRows) => void
  readonly errors: readonly FieldProblem[]
}

/** The rates in force as fields. A row is part of the card once one of its fields differs. */
export function RowEditor({ rates, rows, typed, onType, errors }: RowEditorProps) {
  const { t } = useTranslation('ops-catalog')
  const meters = useMeters()
  const columns = [
    { name: t('rates.meter') },
    ...rowFields.map((field) => ({ name: t(`publish.field.${field}`), isNumber: true })),
  ]
  const change = (meter: string, field: RowField, text: string) =>
    onType({ ...typed, [meter]: { ...typed[meter], [field]: text } })
  return (
    <Table label={t('publish.rows')} columns={columns}>
      {rates.map((rate) => {
        const { meter, baseUnit } = rate
        const index = rows.findIndex((row) => row.meter === meter)
        return (
          <tr key={meter}>
            <th scope="row">
              {meters.name(meter)} {index >= 0 && <Badge tone="warn">{t('publish.changed')}</Badge>}
              <br />
              <small>{t('publish.baseUnit', { unit: baseUnit })}</small>
            </th>
            {rowFields.map((field) => {
              const pointer = `/meters/${index}/${field}`
              const error = errors.find((each) => index >= 0 && each.pointer === pointer)
              return (
                <td key={field} className="number">
                  <input
                    aria-label={`${meters.name(meter)}: ${t(`publish.field.${field}`)}`}
                    aria-invalid={error !== undefined}
                    inputMode="decimal"
                    value={typed[meter]?.[field] ?? textOf(rate, field)}
                    onChange={({ target }) => change(meter, field, target.value)}
                  />
                  {error !== undefined && <small role="alert">{error.message}</small>}
                </td>
              )
            })}
          </tr>
        )
      })}
    </Table>
  )
}
