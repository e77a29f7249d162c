import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OfferAnswer as Offer } from '../../../contract/get-offer.ts'
import type { PurchaseAnswer as Purchase } from '../../../contract/purchase-tokens.ts'
import { priceOf } from '../../../core/catalog/catalog.ts'
import { AdminButton, Button } from '../../components/button.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Form } from '../../components/form.tsx'
import { NumberField } from '../../components/number-field.tsx'
import { useFormat } from '../../use-format.ts'
import { PurchasePreview } from './purchase-preview.tsx'
import { TokenPrice } from './token-price.tsx'
import { isSameRefusal, usePurchase, usePurchasePreview, wrongTokens } from './use-purchase.ts'

/** Target of a link that leads to buying tokens. */
export const tokensFieldId = 'tokens'

export interface TokenFormProps {
  readonly priceList: Offer['priceList']
  readonly onBought: (purchase: Purchase) => void
}

/** A form for the number of tokens, with their price and the button that buys them. */
export function TokenForm({ priceList, onBought }: TokenFormProps) {
  const { t } = useTranslation('plan')
  const format = useFormat()
  const [typed, setTyped] = useState<number>()
  const { buy, write, isTaken, startAnew } = usePurchase(onBought)
  const { minimumTokens } = priceList
  const isTooFew = typed !== undefined && typed < minimumTokens
  const tokens = isTooFew ? undefined : typed
  const preview = usePurchasePreview(tokens)
  const minimum = t('tokens.minimum', { minimum: format.tokens(minimumTokens) })
  const wrong = isTooFew ? minimum : (wrongTokens(preview.error) ?? wrongTokens(write.error))
  const type = (count: number | undefined) => {
    setTyped(count)
    // An error of the previous number does not apply to the new one.
    if (wrongTokens(write.error) !== undefined) write.reset()
  }
  const send = () => {
    if (tokens !== undefined && wrong === undefined) buy(tokens, priceOf(priceList, tokens)?.usdCents)
  }
  return (
    <Form isPending={write.isPending} onSubmit={send} id={tokensFieldId}>
      <NumberField
        label={t('tokens.count')}
        defaultValue={minimumTokens}
        hint={minimum}
        problem={wrong}
        onType={type}
      />
      {tokens !== undefined && wrong === undefined && (
        <>
          <TokenPrice priceList={priceList} tokens={tokens} />
          {!isSameRefusal(preview.error, write.error) && <PurchasePreview preview={preview} />}
        </>
      )}
      {write.error !== null && wrong === undefined && <ErrorState error={write.error} />}
      <div className="buttons">
        <AdminButton
          type="submit"
          look="primary"
          isPending={write.isPending}
          isDisabled={tokens === undefined || wrong !== undefined}
        >
          {write.isPending ? t('working') : t('tokens.buy')}
        </AdminButton>
        {isTaken && <Button onPress={startAnew}>{t('tokens.startAnew')}</Button>}
      </div>
    </Form>
  )
}
