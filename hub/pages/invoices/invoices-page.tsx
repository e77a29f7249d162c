import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../api/queries.ts'
import { PageHeading } from '../../components/page-heading.tsx'
import { View } from '../../components/view.tsx'
import { useFilters } from '../../filters.ts'
import { useTeamId } from '../../session/session-context.ts'
import { CreditNotes } from './credit-notes.tsx'
import { InvoiceDetail } from './invoice-detail.tsx'
import { InvoiceList } from './invoice-list.tsx'
import './invoices.css'
import { Unbilled } from './unbilled.tsx'

/** The cost of pay as you go: the invoices, and the usage without an invoice yet. */
export function InvoicesPage() {
  const { t } = useTranslation('invoices')
  const teamId = useTeamId()
  const { filters } = useFilters(['period'])
  const invoices = useAnswer('listInvoices', { params: { teamId } })
  return (
    <>
      <PageHeading title={t('title')}>
        <p>{t('about')}</p>
      </PageHeading>
      <div className="invoices">
        <View query={invoices}>
          {(answer) =>
            filters.period === undefined ? (
              <>
                <Unbilled />
                <InvoiceList invoices={answer.invoices} />
                <CreditNotes creditNotes={answer.creditNotes} />
              </>
            ) : (
              <InvoiceDetail
                period={filters.period}
                invoice={answer.invoices.find(({ period }) => period === filters.period)}
              />
            )
          }
        </View>
      </div>
    </>
  )
}
