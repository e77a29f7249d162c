import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { InvoicesAnswer as Invoices } from '../../../contract/list-invoices.ts'
import { Panel } from '../../components/panel.tsx'
import { Table } from '../../components/table.tsx'
import { pathOf } from '../../paths.ts'
import { useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'
import { StatusBadge } from './status-badge.tsx'

export type Invoice = Invoices['invoices'][number]

/** The invoices, newest first. */
export function InvoiceList({ invoices }: { readonly invoices: readonly Invoice[] }) {
  const { t } = useTranslation('invoices')
  const teamId = useTeamId()
  const format = useFormat()
  const columns = [
    { name: t('column.period') },
    { name: t('column.status') },
    { name: t('column.due'), isNumber: true },
    { name: t('column.issued') },
    { name: t('column.reference') },
  ]
  return (
    <Panel title={t('list.title')}>
      {invoices.length === 0 ? (
        <p>{t('list.empty')}</p>
      ) : (
        <Table label={t('list.title')} columns={columns}>
          {invoices.map(({ period, status, dueUsdCents, issuedAt, paymentReference }) => (
            <tr key={period}>
              <th scope="row">
                <Link href={pathOf(teamId, 'invoices', { period })}>{format.period(period)}</Link>
              </th>
              <td>
                <StatusBadge status={status} />
              </td>
              <td className="number">{format.usd(dueUsdCents)}</td>
              <td>{format.day(issuedAt)}</td>
              <td>{paymentReference}</td>
            </tr>
          ))}
        </Table>
      )}
    </Panel>
  )
}
