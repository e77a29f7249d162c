import { useTranslation } from 'react-i18next'
import type { Balance } from '../../api/types.ts'
import { Notice } from '../../components/notice.tsx'
import { Panel } from '../../components/panel.tsx'
import { Table } from '../../components/table.tsx'
import { useMeters } from '../../meters.ts'
import { useFormat } from '../../use-format.ts'
import { UsageLink } from './usage-link.tsx'

/** Paid meters in use: what is held, and the remainder that counts towards the next charged unit; and any shortfall. */
export function PaidMeters({ balance }: { readonly balance: Balance }) {
  const { t } = useTranslation('overview')
  const meters = useMeters()
  const { plan, remainders, held } = balance
  const names = [...new Set([...remainders, ...held].map(({ meter }) => meter))].sort()
  const columns = ['meter', 'remainder', 'held'] as const
  if (plan !== 'paid' && remainders.length === 0) return <Shortfall shortfall={balance.shortfall} />
  return (
    <>
      <Shortfall shortfall={balance.shortfall} />
      <Panel title={t('paid.title')} aside={<UsageLink />}>
        <p>{t('paid.detail')}</p>
        {names.length === 0 ? (
          <p>{t('paid.none')}</p>
        ) : (
          <Table
            label={t('paid.title')}
            columns={columns.map((name) => ({ name: t(`paid.${name}`), isNumber: name !== 'meter' }))}
          >
            {names.map((meter) => (
              <tr key={meter}>
                <th scope="row">{meters.name(meter)}</th>
                <td className="number">{remainderOf(meter)}</td>
                <td className="number">{heldOf(meter)}</td>
              </tr>
            ))}
          </Table>
        )}
      </Panel>
    </>
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

function Shortfall({ shortfall }: { readonly shortfall: Balance['shortfall'] }) {
  const { t } = useTranslation('overview')
  const meters = useMeters()
  const format = useFormat()
  if (shortfall.length === 0) return null
  return (
    <Notice title={t('shortfall.title')} tone="bad">
      <p>{t('shortfall.detail')}</p>
      <ul>
        {shortfall.map(({ meter, units, tokens, usdCents }) => (
          <li key={`${meter} ${tokens}`}>
            {t('shortfall.row', {
              meter: meters.name(meter),
              units: format.number(units),
              tokens: format.tokens(tokens ?? 0),
              usd: format.usd(usdCents ?? 0),
            })}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
