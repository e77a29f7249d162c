import type { UseMutationResult } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { TeamDetailsAnswer as TeamDetails } from '../../../contract/get-team.ts'
import type { PurchaseAnswer as Purchase } from '../../../contract/purchase-tokens.ts'
import { AdminButton, Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { View } from '../../components/view.tsx'
import { useFormat } from '../../use-format.ts'
import { NewPrice, useAgreedPrice } from './agreed-price.tsx'
import { PaidShortfall } from './paid-shortfall.tsx'
import { ReviewFacts } from './review-facts.tsx'
import { isAnotherPrice, isTaken, usePurchasePreview } from './use-purchase.ts'

export interface ReviewPurchaseProps {
  readonly tokens: number
  readonly paymentMethod: TeamDetails['paymentMethod']
  readonly write: Pick<UseMutationResult<Purchase>, 'error' | 'isPending'>
  readonly onPay: (expectedUsdCents: number) => void
  readonly onStartAgain: () => void
  readonly onClose: () => void
}

/**
 * The second step of a purchase: everything that the buyer agrees to, by the API's preview. Only its button buys, and the enter
 * key does not unless that button has the focus. It stays open while an answer is awaited.
 */
export function ReviewPurchase({ onClose, ...rest }: ReviewPurchaseProps) {
  const { t } = useTranslation('plan')
  const { tokens, write } = rest
  const preview = usePurchasePreview(tokens)
  const close = () => !write.isPending && onClose()
  return (
    <Dialog title={t('review.title')} isOpen onClose={close}>
      <View query={preview}>{(answer) => <Review {...rest} preview={answer} onClose={close} />}</View>
      {preview.data === undefined && (
        <div className="buttons">
          <Button onPress={close}>{t('review.back')}</Button>
        </div>
      )}
    </Dialog>
  )
}

interface ReviewProps extends ReviewPurchaseProps {
  readonly preview: Purchase
}

function Review({ preview, paymentMethod, write, onPay, onStartAgain, onClose }: ReviewProps) {
  const { t } = useTranslation('plan')
  const format = useFormat()
  const { usdCents, paysShortfall = [] } = preview
  const { agreedUsdCents, agree } = useAgreedPrice(usdCents)
  const isChanged = agreedUsdCents !== usdCents
  return (
    <>
      <ReviewFacts preview={preview} paymentMethod={paymentMethod} />
      <PaidShortfall charges={paysShortfall} />
      {isChanged && <NewPrice before={agreedUsdCents} now={usdCents} onAgree={agree} />}
      {write.error !== null && !isAnotherPrice(write.error) && <ErrorState error={write.error} />}
      {write.isPending && <p role="status">{t('review.waiting')}</p>}
      <div className="buttons">
        {isTaken(write.error) ? (
          <Button look="primary" onPress={onStartAgain}>
            {t('tokens.startAnew')}
          </Button>
        ) : (
          <AdminButton
            look="primary"
            isPending={write.isPending}
            isDisabled={isChanged}
            onPress={() => onPay(usdCents)}
          >
            {write.isPending ? t('working') : t('review.pay', { total: format.usd(usdCents) })}
          </AdminButton>
        )}
        <Button look="quiet" isDisabled={write.isPending} onPress={onClose}>
          {t('review.back')}
        </Button>
      </div>
    </>
  )
}
