import { useTranslation } from 'react-i18next'
import type { Answer } from '../../api/client.ts'
import { Badge } from '../../components/badge.tsx'
import { Table } from '../../components/table.tsx'
import { useMeters } from '../../meters.ts'
import { useFormat } from '../../use-format.ts'

export type Rate = Answer<'getRateCard'>['meters'][number]

export interface RateTableProps {
  readonly label: string
  readonly rates: readonly Rate[]
}

/** Returns the columns of rates. */
export function useRateColumns() {
  const { t } = useTranslation('ops-catalog')
  return [
    { name: t('rates.meter') },
    { name: t('rates.free'), isNumber: true },
    { name: t('rates.unit'), isNumber: true },
    { name: t('rates.tokens'), isNumber: true },
    { name: t('rates.usd'), isNumber: true },
  ]
}

/** The rates in force. */
export function RateTable({ label, rates }: RateTableProps) {
  return <CardTable label={label} rows={rates} before={[]} />
}

export interface CardTableProps {
  readonly label: string
  readonly rows: readonly Rate[]
  /** The rates that the rows replace, shown struck where they differ. */
  readonly before: readonly Rate[]
}

/** The rows of a card, next to the rates that they replace. */
export function CardTable({ label, rows, before }: CardTableProps) {
  const { t } = useTranslation('ops-catalog')
  const names = useMeters()
  const format = useFormat()
  return (
    <Table label={label} columns={useRateColumns()}>
      {rows.map((row) => {
        const old = before.find(({ meter }) => meter === row.meter)
        const quantity = (rate: Rate, value: number) =>
          rate.baseUnit === 'seconds' ? format.quantity(value, 'seconds') : names.quantity(rate.meter, value)
        return (
          <tr key={row.meter}>
            <th scope="row">
              {names.name(row.meter)} {row.unverified && <Badge tone="warn">{t('rates.unverified')}</Badge>}{' '}
              {row.ended && <Badge tone="bad">{t('rates.ends')}</Badge>}
              {before.length > 0 && old === undefined && <Badge tone="good">{t('rates.added')}</Badge>}
            </th>
            <Cell show={(rate) => quantity(rate, rate.freePerPeriod)} row={row} old={old} />
            <Cell show={(rate) => quantity(rate, rate.unitSize)} row={row} old={old} />
            <Cell show={(rate) => format.tokens(rate.tokensPerUnit)} row={row} old={old} />
            <Cell show={(rate) => format.usd(rate.usdCentsPerUnit)} row={row} old={old} />
          </tr>
        )
      })}
    </Table>
  )
}

interface CellProps {
  readonly show: (rate: Rate) => string
  readonly row: Rate
  readonly old: Rate | undefined
}

function Cell({ show, row, old }: CellProps) {
  const [after, before] = [show(row), old === undefined ? undefined : show(old)]
  return (
    <td className="number">
      {before !== undefined && before !== after && (
        <>
          <del>{before}</del>{' '}
        </>
      )}
      {before !== undefined && before !== after ? <ins>{after}</ins> : after}
    </td>
  )
}
