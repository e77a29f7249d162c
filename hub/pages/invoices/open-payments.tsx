import { useTranslation } from 'react-i18next'
import type { TokenPurchaseAnswer as TokenPurchase } from '../../../contract/purchase.ts'
import { useAnswer } from '../../api/queries.ts'
import { Notice } from '../../components/notice.tsx'
import { failedDues } from '../../payment/failed-dues.tsx'
import { FailedPayment } from '../../payment/failed-payment.tsx'
import { PayLinks } from '../../payment/pay-links.tsx'
import { useTeamId } from '../../session/session-context.ts'

/** Every payment that failed and can be made now: of bills, charge-backs and purchases alike. */
export function OpenPayments({ purchases }: { readonly purchases: readonly TokenPurchase[] }) {
  const { t } = useTranslation('invoices')
  const { data } = useAnswer('getBalance', { params: { teamId: useTeamId() } })
  if (data === undefined) return null
  const failed = purchases.filter(({ status }) => status === 'payment-failed')
  const open = [...failedDues(data), ...failed]
  return open.map((payment) => (
    <Notice key={payment.paymentReference} title={t('open.title')} tone="bad">
      <FailedPayment payment={payment} now={data.at} />
      <PayLinks paymentReference={payment.paymentReference} usdCents={payment.usdCents} />
    </Notice>
  ))
}
