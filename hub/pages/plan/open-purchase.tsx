import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TokenPurchaseAnswer as TokenPurchase } from '../../../contract/purchase.ts'
import { useWrite } from '../../api/queries.ts'
import { AdminButton, Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { useSay } from '../../layout/messages.tsx'
import { FailedPayment } from '../../payment/failed-payment.tsx'
import { PayLinks } from '../../payment/pay-links.tsx'
import { useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'

interface OpenPurchaseProps {
  readonly purchase: TokenPurchase
}

/** The actions of a purchase that is not paid: pay again after a failure, or give up. Renders nothing for others. */
export function OpenPurchase({ purchase }: OpenPurchaseProps) {
  const { t } = useTranslation('plan')
  const say = useSay()
  const pay = useWrite('payPurchase')
  const [isAsking, setIsAsking] = useState(false)
  const { purchaseId, status, usdCents, paymentReference } = purchase
  const params = { teamId: useTeamId(), purchaseId }
  const isFailed = status === 'payment-failed'
  if (!isFailed && status !== 'payment-pending') return null
  const payAgain = () => pay.mutate({ params }, { onSuccess: () => say(t('purchases.requested')) })
  return (
    <div className="open-purchase">
      <FailedPayment payment={purchase} />
      {isFailed && <PayLinks paymentReference={paymentReference} usdCents={usdCents} />}
      {pay.error !== null && <ErrorState error={pay.error} />}
      <div className="buttons">
        {isFailed && (
          <AdminButton onPress={payAgain} isPending={pay.isPending}>
            {t('purchases.payAgain')}
          </AdminButton>
        )}
        <AdminButton look="quiet" onPress={() => setIsAsking(true)}>
          {t('purchases.giveUp')}
        </AdminButton>
      </div>
      {isAsking && <GiveUp purchase={purchase} onClose={() => setIsAsking(false)} />}
    </div>
  )
}

/** Asks before a purchase is given up, because that cannot be undone. */
function GiveUp({ purchase, onClose }: OpenPurchaseProps & { readonly onClose: () => void }) {
  const { t } = useTranslation('plan')
  const format = useFormat()
  const say = useSay()
  const giveUp = useWrite('giveUpPurchase')
  const params = { teamId: useTeamId(), purchaseId: purchase.purchaseId }
  const send = () =>
    giveUp.mutate(
      { params },
      {
        onSuccess: () => {
          say(t('purchases.givenUp'))
          onClose()
        },
      },
    )
  return (
    <Dialog
      title={t('purchases.giveUpTitle', { tokens: format.tokens(purchase.tokens) })}
      isOpen
      onClose={onClose}
    >
      <p>{t('purchases.giveUpDetail')}</p>
      {giveUp.error !== null && <ErrorState error={giveUp.error} />}
      <div className="buttons">
        <Button look="danger" onPress={send} isPending={giveUp.isPending}>
          {t('purchases.giveUp')}
        </Button>
        <Button look="quiet" onPress={onClose}>
          {t('purchases.keep')}
        </Button>
      </div>
    </Dialog>
  )
}
