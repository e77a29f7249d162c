import { useTranslation } from 'react-i18next'
import { parsePaymentReference } from '../../core/account/payment-reference.ts'
import { paidForText } from '../../core/texts/failed-payment-text.ts'
import { useAnswer } from '../api/queries.ts'
import { ResultNotice } from '../components/result-notice.tsx'
import { View } from '../components/view.tsx'
import { useFilters } from '../filters.ts'
import { useTeamId } from '../session/session-context.ts'
import { useFormat } from '../use-format.ts'
import { returnedFrom } from './payment-address.ts'

/** The result after a return from the processor's page, as the API states it now. Renders nothing without a return. */
export function PaymentResult() {
  const { filters } = useFilters([returnedFrom])
  const reference = filters[returnedFrom]
  if (reference === undefined) return null
  return reference === 'method' ? <Method /> : <Payment reference={reference} />
}

function Method() {
  const { t } = useTranslation('payment')
  const { t: plan } = useTranslation('plan')
  const team = useAnswer('getTeam', { params: { teamId: useTeamId() } })
  return (
    <View query={team} skeleton={null}>
      {({ paymentMethod }) => (
        <ResultNotice title={t('result.method', { method: plan(`paymentMethod.${paymentMethod}`) })}>
          <p>{t('result.methodDetail')}</p>
        </ResultNotice>
      )}
    </View>
  )
}

function Payment({ reference }: { readonly reference: string }) {
  const { t, i18n } = useTranslation('payment')
  const format = useFormat()
  const params = { teamId: useTeamId() }
  const balance = useAnswer('getBalance', { params })
  const purchases = useAnswer('listPurchases', { params, query: {} })
  const { paidFor } = parsePaymentReference(reference)
  const subject = paidForText(i18n.language === 'ja' ? 'ja' : 'en', paidFor, format.period)
  return (
    <View query={balance} skeleton={null}>
      {({ dues = [] }) => (
        <View query={purchases} skeleton={null}>
          {(found) => {
            const purchase = found.purchases.find((other) => other.paymentReference === reference)
            const isOpen =
              dues.some((due) => due.paymentReference === reference) ||
              ('purchase' in paidFor && purchase?.status !== 'granted')
            return isOpen ? (
              <ResultNotice title={t('result.open')} tone="warn">
                <p>{t('result.openDetail', { subject })}</p>
              </ResultNotice>
            ) : (
              <ResultNotice title={t('result.paid')}>
                <p>{t('result.paidDetail', { subject })}</p>
              </ResultNotice>
            )
          }}
        </View>
      )}
    </View>
  )
}
