import { useTranslation } from 'react-i18next'
import type { InvoicesAnswer as Invoices } from '../../../contract/list-invoices.ts'
import { Panel } from '../../components/panel.tsx'
import { Table } from '../../components/table.tsx'
import { useMeters } from '../../meters.ts'
import { useFormat } from '../../use-format.ts'

/** The corrections of closed invoices, newest first. Renders nothing if there is none. */
export function CreditNotes({ creditNotes }: Pick<Invoices, 'creditNotes'>) {
  const { t } = useTranslation('invoices')
  const meters = useMeters()
  const format = useFormat()
  if (creditNotes.length === 0) return null
  const columns = [
    { name: t('creditNotes.number') },
    { name: t('column.period') },
    { name: t('column.meter') },
    { name: t('column.units'), isNumber: true },
    { name: t('column.price'), isNumber: true },
    { name: t('column.amount'), isNumber: true },
    { name: t('creditNotes.notDue'), isNumber: true },
    { name: t('column.issued') },
  ]
  return (
    <Panel title={t('creditNotes.title')}>
      <p id="credit-notes">{t('creditNotes.about')}</p>
      <Table label={t('creditNotes.title')} columns={columns}>
        {creditNotes.map(
          ({ number, period, meter, units, unitPriceUsdCents, usdCents, dueUsdCents, issuedAt }) => (
            <tr key={number}>
              <th scope="row">{number}</th>
              <td>{format.period(period)}</td>
              <td>{meters.name(meter)}</td>
              <td className="number">{format.number(units)}</td>
              <td className="number">{format.usd(unitPriceUsdCents)}</td>
              <td className="number">{format.usd(usdCents)}</td>
              <td className="number">{format.usd(dueUsdCents)}</td>
              <td>{format.day(issuedAt)}</td>
            </tr>
          ),
        )}
      </Table>
    </Panel>
  )
}
