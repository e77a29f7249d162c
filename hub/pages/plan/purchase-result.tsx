import { useTranslation } from 'react-i18next'
import type { BalanceAnswer as Balance } from '../../../contract/get-balance.ts'
import type { PurchaseAnswer as Purchase } from '../../../contract/purchase-tokens.ts'
import { useAnswer } from '../../api/queries.ts'
import { Button, LinkButton } from '../../components/button.tsx'
import { ResultNotice } from '../../components/result-notice.tsx'
import { pathOf } from '../../paths.ts'
import { FailedPayment } from '../../payment/failed-payment.tsx'
import { PayLinks } from '../../payment/pay-links.tsx'
import { useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'

export interface PurchaseResultProps {
  readonly purchase: Purchase
  readonly balance: Balance | undefined
  readonly onAgain: () => void
}

/** Confirms a purchase. While the payment is pending it says so, until the lot exists or the payment has failed. */
export function PurchaseResult({ purchase, balance, onAgain }: PurchaseResultProps) {
  const { t } = useTranslation('plan')
  const format = useFormat()
  const teamId = useTeamId()
  const lot = purchase.lot ?? balance?.flex.lots.find(({ lotId }) => lotId === purchase.purchaseId)
  const tokens = format.tokens(purchase.tokens)
  const purchases = useAnswer('listPurchases', { params: { teamId }, query: {} })
  const now = purchases.data?.purchases.find(({ purchaseId }) => purchaseId === purchase.purchaseId)
  if (now?.status === 'payment-failed')
    return (
      <ResultNotice title={t('bought.failed', { tokens })} level={3} tone="bad">
        <FailedPayment payment={now} />
        <PayLinks paymentReference={now.paymentReference} usdCents={now.usdCents} />
        <Button onPress={onAgain}>{t('tokens.startAnew')}</Button>
      </ResultNotice>
    )
  return (
    <ResultNotice
      title={lot === undefined ? t('bought.pending', { tokens }) : t('bought.granted', { tokens })}
      level={3}
    >
      <p>
        {t('bought.paid', { total: format.usd(purchase.usdCents) })}{' '}
        {lot === undefined ? t('bought.wait') : t('tokens.expires', { at: format.instant(lot.expiresAt) })}
      </p>
      <div className="buttons">
        <LinkButton look="primary" href={pathOf(teamId, 'apps')}>
          {t('toApps')}
        </LinkButton>
        <Button onPress={onAgain}>{t('bought.again')}</Button>
      </div>
    </ResultNotice>
  )
}
