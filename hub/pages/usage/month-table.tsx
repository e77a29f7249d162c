import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Table } from '../../components/table.tsx'
import { useFormat } from '../../use-format.ts'
import type { Grouped } from './grouped.ts'
import { useOfferedMeters } from './measures.ts'
import { membersOf } from './usage-series.ts'

/** The months next to each other, the newest first: a row per app, meter or API, each amount with its change. */
export function MonthTable({ grouped, today }: { readonly grouped: Grouped; readonly today: string }) {
  const { t } = useTranslation('usage')
  const format = useFormat()
  const offered = useOfferedMeters()
  const { group, rows, memberName } = grouped
  const months = grouped.spans.toReversed()
  const nameOf = (month: string) =>
    month === today.slice(0, 7) ? t('months.soFar', { month: format.period(month) }) : format.period(month)
  const columns = [
    { name: t(`group.${group}`) },
    ...months.map((month) => ({ name: nameOf(month), isNumber: true })),
  ]
  return (
    <Table label={t('months.title')} columns={columns}>
      <tr className="total">
        <th scope="row">{t('table.total')}</th>
        <Months grouped={grouped} months={months} today={today} />
      </tr>
      {membersOf(rows, group, offered).map(({ member }) => (
        <tr key={member}>
          <th scope="row" className="member">
            {memberName(member)}
          </th>
          <Months grouped={grouped} months={months} today={today} member={member} />
        </tr>
      ))}
    </Table>
  )
}

interface MonthsProps {
  readonly grouped: Grouped
  readonly months: readonly string[]
  readonly today: string
  /** Undefined: all. */
  readonly member?: string
}

/** The amounts of one row. A month that goes on is not compared, because its rest would look like a saving. */
function Months({ grouped, months, today, member }: MonthsProps) {
  return months.map((month, index) => {
    const sum = grouped.sumIn(month, member)
    const before = months[index + 1]
    const isCompared = before !== undefined && month !== today.slice(0, 7)
    return (
      <td className="number" key={month}>
        <Link href={grouped.behind(month, member)}>{grouped.write(sum)}</Link>
        {isCompared && <small>{grouped.change(sum, grouped.sumIn(before, member))}</small>}
      </td>
    )
  })
}
