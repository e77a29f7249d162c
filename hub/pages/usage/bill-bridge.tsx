import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { BalanceAnswer as Balance } from '../../../contract/get-balance.ts'
import { type Period, previousPeriod } from '../../../core/time/time.ts'
import { useAnswer } from '../../api/queries.ts'
import { Panel } from '../../components/panel.tsx'
import { Table } from '../../components/table.tsx'
import { pathOf } from '../../paths.ts'
import { useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'
import { type BillParts, billParts, firstMonthIn } from './bill-parts.ts'
import { monthRange } from './usage-range.ts'
import { useUsage } from './use-usage.ts'

interface BillBridgeProps {
  readonly period: Period
  readonly payAsYouGo: Balance['payAsYouGo']
}

/** The way from the use of a month to its bill. Admins only: developers see no money. */
export function BillBridge({ period, payAsYouGo }: BillBridgeProps) {
  const { t } = useTranslation('usage')
  const format = useFormat()
  const bill = useBill(period, payAsYouGo)
  const range = { from: monthRange(firstMonthIn(period)).from, to: monthRange(period).to }
  const usage = useUsage(range, { groupBy: 'month,meter' })
  if (bill === undefined || usage.data === undefined || usage.isPlaceholderData) return null
  const parts = billParts(usage.data.rows, { period, ...bill })
  if (parts.use === 0 && parts.bill === 0) return null
  return (
    <Panel title={t('bill.title', { period: format.period(period) })}>
      <Parts period={period} parts={parts} isIssued={bill.isIssued} />
      {parts.late.length + parts.elsewhere.length > 0 && <small>{t('bill.why')}</small>}
    </Panel>
  )
}

/** The bill of a month: the invoice, or what it has so far. Undefined until it is read, and for a month without a bill. */
function useBill(period: Period, { period: current, usdCents = 0, unbilledUsdCents }: Balance['payAsYouGo']) {
  const { data } = useAnswer('listInvoices', { params: { teamId: useTeamId() } })
  const isUnbilled = period === previousPeriod(current) && unbilledUsdCents !== undefined
  if (period === current) return { usdCents, creditedUsdCents: 0, isIssued: false }
  if (isUnbilled) return { usdCents: unbilledUsdCents, creditedUsdCents: 0, isIssued: false }
  const invoice = data?.invoices.find((listed) => listed.period === period)
  if (data === undefined || invoice === undefined) return undefined
  const creditedUsdCents = data.creditNotes
    .filter((note) => note.period === period)
    .reduce((sum, note) => sum + note.usdCents, 0)
  return { usdCents: invoice.usdCents, creditedUsdCents, isIssued: true }
}

interface PartsProps {
  readonly period: Period
  readonly parts: BillParts
  readonly isIssued: boolean
}

function Parts({ period, parts, isIssued }: PartsProps) {
  const { t } = useTranslation('usage')
  const format = useFormat()
  const teamId = useTeamId()
  const month = format.period(period)
  const { use, elsewhere, late, rest, credited, bill } = parts
  const columns = [{ name: t('bill.part') }, { name: t('bill.amount'), isNumber: true }]
  const days = (ofUse: Period) => pathOf(teamId, 'usage', { ...monthRange(ofUse) })
  const behind = pathOf(teamId, 'statement', { period, source: 'pay-as-you-go' })
  return (
    <Table label={t('bill.title', { period: month })} columns={columns}>
      <Part name={t('bill.use', { month })} usdCents={use} href={days(period)} />
      {elsewhere.map((part) => (
        <Part
          key={part.period}
          name={t('bill.elsewhere', { month: format.period(part.period) })}
          usdCents={-part.usdCents}
          href={days(part.period)}
        />
      ))}
      {late.map((part) => (
        <Part
          key={part.period}
          name={t('bill.late', { month: format.period(part.period) })}
          usdCents={part.usdCents}
          href={days(part.period)}
        />
      ))}
      {rest !== 0 && <Part name={t('bill.rest')} usdCents={rest} href={behind} />}
      {credited !== 0 && (
        <Part name={t('bill.credited')} usdCents={credited} href={pathOf(teamId, 'invoices', { period })} />
      )}
      <tr className="total">
        <th scope="row">
          <Link href={isIssued ? pathOf(teamId, 'invoices', { period }) : behind}>
            {isIssued ? t('bill.bill', { month }) : t('bill.soFar', { month })}
          </Link>
        </th>
        <td className="number">{format.usd(bill)}</td>
      </tr>
    </Table>
  )
}

interface PartProps {
  readonly name: string
  readonly usdCents: number
  readonly href: string
}

function Part({ name, usdCents, href }: PartProps) {
  const { usd } = useFormat()
  return (
    <tr>
      <th scope="row">
        <Link href={href}>{name}</Link>
      </th>
      <td className="number">{usd(usdCents)}</td>
    </tr>
  )
}
