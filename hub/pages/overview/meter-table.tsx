import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { BalanceAnswer as Balance } from '../../../contract/get-balance.ts'
import type { UsageRowsAnswer as UsageRows } from '../../../contract/get-usage.ts'
import { Table } from '../../components/table.tsx'
import { useMeters } from '../../meters.ts'
import { pathOf } from '../../paths.ts'
import { useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'

type Use = UsageRows['rows'][number]

interface MeterTableProps {
  readonly balance: Balance
  /** Usage in the balance's period, a row per meter. Absent: the table shows only the balance. */
  readonly use?: readonly Use[]
  readonly title: string
}

/** A row per rated meter that was used, is held or has a remainder. Its name links to its daily usage. */
export function MeterTable({ balance: { remainders, held }, use, title }: MeterTableProps) {
  const { t } = useTranslation('overview')
  const meters = useMeters()
  const teamId = useTeamId()
  const rated = use?.filter(({ meter = '' }) => meters.rated(meter) !== undefined) ?? []
  const names = [...new Set([...rated, ...remainders, ...held].map(({ meter = '' }) => meter))].sort()
  const spent = use === undefined ? [] : (['used', 'charged'] as const)
  const columns = ['meter', ...spent, 'held', 'remainder'] as const
  if (names.length === 0) return <p>{use === undefined ? t('paid.none') : t('paid.nothing')}</p>
  return (
    <Table
      label={title}
      columns={columns.map((name) => ({ name: t(`paid.${name}`), isNumber: name !== 'meter' }))}
    >
      {names.map((meter) => (
        <tr key={meter}>
          <th scope="row">
            <Link href={pathOf(teamId, 'usage', { meter })}>{meters.name(meter)}</Link>
          </th>
          {use !== undefined && <Spent meter={meter} row={rated.find((row) => row.meter === meter)} />}
          <td className="number">{heldOf(meter)}</td>
          <td className="number">{remainderOf(meter)}</td>
        </tr>
      ))}
    </Table>
  )

  function remainderOf(meter: string): string {
    const { quantity = 0, unitSize } = remainders.find((row) => row.meter === meter) ?? {}
    const size = unitSize ?? meters.rated(meter)?.unitSize ?? 0
    return t('paid.of', { part: meters.quantity(meter, quantity), unit: meters.quantity(meter, size) })
  }

  function heldOf(meter: string): string {
    const { quantity = 0 } = held.find((row) => row.meter === meter) ?? {}
    return quantity === 0 ? '–' : meters.quantity(meter, quantity)
  }
}

/** The used quantity, the units charged for it, and what paid for them. */
function Spent({ meter, row }: { readonly meter: string; readonly row: Use | undefined }) {
  const { t } = useTranslation('overview')
  const meters = useMeters()
  const format = useFormat()
  const { quantity = 0, units = 0, tokens = 0, usdCents = 0 } = row ?? {}
  return (
    <>
      <td className="number">{meters.quantity(meter, quantity)}</td>
      <td className="number">
        <div>{t('paid.units', { count: units, units: format.number(units) })}</div>
        {tokens !== 0 && <div>{t('paid.tokens', { count: tokens, tokens: format.tokens(tokens) })}</div>}
        {usdCents !== 0 && <div>{format.usd(usdCents)}</div>}
      </td>
    </>
  )
}
