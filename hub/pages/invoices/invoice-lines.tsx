import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Table } from '../../components/table.tsx'
import { useMeters } from '../../meters.ts'
import { pathOf } from '../../paths.ts'
import { useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'

export interface InvoiceLinesProps {
  readonly label: string
  readonly period: string
  readonly lines: readonly {
    readonly meter: string
    readonly units: number
    readonly unitPriceUsdCents?: number
    readonly usdCents: number
    readonly lateUnits?: number
  }[]
  /** Rows below the lines, of five cells each. */
  readonly children?: ReactNode
}

/** The charges of each meter and price, with links to the entries behind them. */
export function InvoiceLines({ label, period, lines, children }: InvoiceLinesProps) {
  const { t } = useTranslation('invoices')
  const meters = useMeters()
  const teamId = useTeamId()
  const format = useFormat()
  const columns = [
    { name: t('column.meter') },
    { name: t('column.units'), isNumber: true },
    { name: t('column.price'), isNumber: true },
    { name: t('column.amount'), isNumber: true },
    { name: t('column.entries') },
  ]
  return (
    <Table label={label} columns={columns}>
      {lines.map(({ meter, units, unitPriceUsdCents, usdCents, lateUnits = 0 }) => (
        <tr key={`${meter} ${unitPriceUsdCents}`}>
          <th scope="row">{meters.name(meter)}</th>
          <td className="number">
            {format.number(units)}
            {lateUnits > 0 && <small>{t('line.late', { units: format.number(lateUnits) })}</small>}
          </td>
          <td className="number">
            {unitPriceUsdCents === undefined ? t('line.changed') : format.usd(unitPriceUsdCents)}
          </td>
          <td className="number">{format.usd(usdCents)}</td>
          <td>
            <Link
              href={pathOf(teamId, 'statement', { period, meter, source: 'pay-as-you-go' })}
              aria-label={t('line.entriesOf', { meter: meters.name(meter) })}
            >
              {t('line.entries')}
            </Link>
          </td>
        </tr>
      ))}
      {children}
    </Table>
  )
}

/** A row with a sum, below the lines. */
export function SumRow({ name, amount }: { readonly name: string; readonly amount: string }) {
  return (
    <tr className="sum">
      <th scope="row" colSpan={3}>
        {name}
      </th>
      <td className="number">{amount}</td>
      <td />
    </tr>
  )
}
