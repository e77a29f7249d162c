import { useTranslation } from 'react-i18next'
import type { OfferAnswer as Offer } from '../../../contract/get-offer.ts'
import { priceOf } from '../../../core/catalog/catalog.ts'
import { useFormat } from '../../use-format.ts'

export interface TokenPriceProps {
  readonly priceList: Offer['priceList']
  readonly tokens: number
}

/** The price of N tokens, by the rule that charges them, and the next quantity at which each token costs less. */
export function TokenPrice({ priceList, tokens }: TokenPriceProps) {
  const { t } = useTranslation('plan')
  const format = useFormat()
  const price = priceOf(priceList, tokens)
  const step = priceList.steps.find(({ fromTokens }) => fromTokens > tokens)
  const next = step && priceOf(priceList, step.fromTokens)
  if (price === undefined) return null
  const nextText = step &&
    next && {
      from: format.tokens(step.fromTokens),
      unitPrice: format.usd(next.unitPriceUsdCents),
      total: format.usd(next.usdCents),
    }
  return (
    <div className="token-price">
      <output>
        {t('price.sum', { tokens: format.tokens(tokens), unitPrice: format.usd(price.unitPriceUsdCents) })}
        <strong>{format.usd(price.usdCents)}</strong>
      </output>
      {nextText && next && (
        <small>
          {next.usdCents <= price.usdCents ? t('price.cheaper', nextText) : t('price.next', nextText)}
        </small>
      )}
    </div>
  )
}
