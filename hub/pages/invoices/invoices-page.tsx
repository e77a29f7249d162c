import { useTranslation } from 'react-i18next'
import type { InvoicesAnswer as Invoices } from '../../../contract/list-invoices.ts'
import { useAnswer } from '../../api/queries.ts'
import { PageHeading } from '../../components/page-heading.tsx'
import { View } from '../../components/view.tsx'
import { useFilters } from '../../filters.ts'
import { PaymentResult } from '../../payment/payment-result.tsx'
import { useTeamId } from '../../session/session-context.ts'
import { CreditNotes } from './credit-notes.tsx'
import { DocumentList } from './document-list.tsx'
import { InvoiceDetail } from './invoice-detail.tsx'
import './invoices.css'
import { OpenPayments } from './open-payments.tsx'
import { Unbilled } from './unbilled.tsx'
import { usePurchases } from './use-purchases.ts'

/** The bills and other documents, payments that failed, and the usage without an invoice yet. */
export function InvoicesPage() {
  const { t } = useTranslation('invoices')
  const teamId = useTeamId()
  const { filters } = useFilters(['period'])
  const { period } = filters
  const invoices = useAnswer('listInvoices', { params: { teamId } })
  return (
    <>
      <PageHeading title={t('title')}>
        <p>{t('about')}</p>
      </PageHeading>
      <div className="invoices">
        <PaymentResult />
        <View query={invoices}>
          {(found) =>
            period === undefined ? (
              <Overview found={found} />
            ) : (
              <InvoiceDetail
                period={period}
                invoice={found.invoices.find((invoice) => invoice.period === period)}
              />
            )
          }
        </View>
      </div>
    </>
  )
}

function Overview({ found }: { readonly found: Invoices }) {
  const purchases = usePurchases()
  return (
    <View query={purchases}>
      {() => (
        <>
          <OpenPayments purchases={purchases.purchases} />
          <Unbilled />
          <DocumentList found={found} purchases={purchases} />
          <CreditNotes creditNotes={found.creditNotes} />
        </>
      )}
    </View>
  )
}
