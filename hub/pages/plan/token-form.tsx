import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OfferAnswer as Offer } from '../../../contract/get-offer.ts'
import type { TeamDetailsAnswer as TeamDetails } from '../../../contract/get-team.ts'
import type { PurchaseAnswer as Purchase } from '../../../contract/purchase-tokens.ts'
import { Problem } from '../../api/problem.ts'
import { AdminButton } from '../../components/button.tsx'
import { Form } from '../../components/form.tsx'
import { NumberField } from '../../components/number-field.tsx'
import { useFilters } from '../../filters.ts'
import { ChangeMethod } from '../../payment/pay-links.tsx'
import { useFormat } from '../../use-format.ts'
import { PurchasePreview } from './purchase-preview.tsx'
import { ReviewPurchase } from './review-purchase.tsx'
import { TokenPrice } from './token-price.tsx'
import { usePurchase, usePurchasePreview, wrongTokens } from './use-purchase.ts'

/** Target of a link that leads to buying tokens. */
export const tokensFieldId = 'tokens'

export interface TokenFormProps {
  readonly priceList: Offer['priceList']
  /** Undefined until it is loaded. */
  readonly paymentMethod: TeamDetails['paymentMethod'] | undefined
  readonly onBought: (purchase: Purchase) => void
}

/** The first step of a purchase: the number of tokens with their price. Its button, and the enter key, lead to the second step. */
export function TokenForm({ priceList, paymentMethod, onBought }: TokenFormProps) {
  const { t } = useTranslation('plan')
  const format = useFormat()
  const { typed, type } = useTokens(priceList.minimumTokens)
  const [isReviewing, setReviewing] = useState(false)
  const { buy, write, startAgain } = usePurchase(onBought)
  const minimum = t('tokens.minimum', { minimum: format.tokens(priceList.minimumTokens) })
  const isTooFew = typed.now !== undefined && typed.now < priceList.minimumTokens
  const tokens = isTooFew ? undefined : typed.now
  const preview = usePurchasePreview(tokens)
  const wrong = isTooFew ? minimum : wrongTokens(preview.error)
  const isRefused = preview.error instanceof Problem
  const canReview = tokens !== undefined && !isRefused && paymentMethod !== undefined
  const close = () => {
    setReviewing(false)
    write.reset()
  }
  return (
    <>
      <Form isPending={false} onSubmit={() => canReview && setReviewing(true)} id={tokensFieldId}>
        <NumberField
          label={t('tokens.count')}
          defaultValue={typed.first}
          hint={minimum}
          problem={wrong}
          onType={type}
        />
        {tokens !== undefined && wrong === undefined && (
          <>
            <TokenPrice priceList={priceList} tokens={tokens} />
            <PurchasePreview preview={preview} />
            {paymentMethod === 'none' && <ChangeMethod />}
          </>
        )}
        <div className="buttons">
          <AdminButton type="submit" look="primary" isDisabled={!canReview}>
            {t('tokens.review')}
          </AdminButton>
        </div>
      </Form>
      {isReviewing && canReview && (
        <ReviewPurchase
          tokens={tokens}
          paymentMethod={paymentMethod}
          write={write}
          onPay={(expectedUsdCents) => buy(tokens, expectedUsdCents)}
          onStartAgain={startAgain}
          onClose={close}
        />
      )}
    </>
  )
}

/** The number of tokens, which the URL keeps: a sign-in in between returns to it, and a link may name it. */
function useTokens(minimumTokens: number) {
  const { filters, change } = useFilters(['tokens'])
  const named = Number(filters.tokens)
  const [first] = useState(Number.isSafeInteger(named) && named > 0 ? named : minimumTokens)
  const [now, setNow] = useState<number>()
  const type = (count: number | undefined) => {
    setNow(count)
    const isKept = count !== undefined && count !== minimumTokens
    if (isKept || filters.tokens !== undefined) change({ tokens: isKept ? String(count) : '' })
  }
  return { typed: { first, now }, type }
}
