import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Button } from '../../components/button.tsx'
import { Table } from '../../components/table.tsx'
import { useRole } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'
import type { Grouped } from './grouped.ts'
import type { Sum } from './usage-sums.ts'

const rowsAtATime = 30

/** The figures of the chart and all other measures as a table. For admins, each row links to its entries, and money is shown. */
export function UsageTable({ grouped }: { readonly grouped: Grouped }) {
  const { t } = useTranslation('usage')
  const format = useFormat()
  const isAdmin = useRole() === 'admin'
  const [shown, setShown] = useState(rowsAtATime)
  const { cells, group, memberName, total } = grouped
  const columns = [
    { name: t('table.day') },
    { name: t(`group.${group}`) },
    { name: t('table.quantity'), isNumber: true },
    { name: t('table.units'), isNumber: true },
    { name: t('table.tokens'), isNumber: true },
    ...(isAdmin ? [{ name: t('table.usd'), isNumber: true }, { name: t('table.entries') }] : []),
  ]
  return (
    <>
      <Table label={t('table.title')} columns={columns}>
        <tr className="total">
          <th scope="row" colSpan={2}>
            {t('table.total')}
          </th>
          <Amounts sum={total} grouped={grouped} />
          {isAdmin && <td />}
        </tr>
        {cells.slice(0, shown).map(({ span, member, sum }) => (
          <tr key={`${span} ${member}`}>
            <th scope="row" className="day">
              {format.day(span)}
            </th>
            <td className="member">{memberName(member)}</td>
            <Amounts sum={sum} grouped={grouped} />
            {isAdmin && (
              <td>
                <Link
                  href={grouped.behind(span, member)}
                  aria-label={t('table.entriesOf', { day: format.day(span), name: memberName(member) })}
                >
                  {t('table.entries')}
                </Link>
              </td>
            )}
          </tr>
        ))}
      </Table>
      {cells.length > shown && (
        <div>
          <Button onPress={() => setShown(shown + rowsAtATime)}>
            {t('table.more', { shown: format.number(shown), count: cells.length })}
          </Button>
        </div>
      )}
    </>
  )
}

function Amounts({ sum, grouped }: { readonly sum: Sum; readonly grouped: Grouped }) {
  const format = useFormat()
  const isAdmin = useRole() === 'admin'
  return (
    <>
      <td className="number">
        {grouped.quantities(sum).map((quantity) => (
          <div key={quantity}>{quantity}</div>
        ))}
      </td>
      <td className="number">{format.number(sum.units)}</td>
      <td className="number">{format.tokens(sum.tokens)}</td>
      {isAdmin && <td className="number">{format.usd(sum.usdCents)}</td>}
    </>
  )
}
