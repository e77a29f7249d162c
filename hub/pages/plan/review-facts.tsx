import { useTranslation } from 'react-i18next'
import type { TeamDetailsAnswer as TeamDetails } from '../../../contract/get-team.ts'
import type { PurchaseAnswer as Purchase } from '../../../contract/purchase-tokens.ts'
import { useFormat } from '../../use-format.ts'

export interface ReviewFactsProps {
  readonly preview: Purchase
  readonly paymentMethod: TeamDetails['paymentMethod']
}

/** The terms of a purchase: tokens, price, payment method and expiry. */
export function ReviewFacts({ preview, paymentMethod }: ReviewFactsProps) {
  const { t } = useTranslation('plan')
  const format = useFormat()
  const { tokens, unitPriceUsdCents, usdCents, lot } = preview
  const facts = [
    [t('review.tokens'), format.tokens(tokens)],
    [t('review.unitPrice'), format.usd(unitPriceUsdCents)],
    [t('review.method'), t(`paymentMethod.${paymentMethod}`)],
    ...(lot === undefined ? [] : [[t('review.expires'), format.instant(lot.expiresAt)]]),
  ]
  return (
    <dl className="review">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <div className="total">
        <dt>{t('review.total')}</dt>
        <dd>{format.usd(usdCents)}</dd>
      </div>
    </dl>
  )
}
