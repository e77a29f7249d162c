import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BalanceAnswer as Balance } from '../../../contract/get-balance.ts'
import type { OfferAnswer as Offer } from '../../../contract/get-offer.ts'
import type { TeamDetailsAnswer as TeamDetails } from '../../../contract/get-team.ts'
import type { PurchaseAnswer as Purchase } from '../../../contract/purchase-tokens.ts'
import { Panel } from '../../components/panel.tsx'
import { useFormat } from '../../use-format.ts'
import { PriceSteps } from './price-steps.tsx'
import { PurchaseResult } from './purchase-result.tsx'
import { TokenForm } from './token-form.tsx'

export interface BuyTokensProps {
  readonly priceList: Offer['priceList']
  /** Both are undefined until they are loaded. */
  readonly balance: Balance | undefined
  readonly team: TeamDetails | undefined
}

/** Buys Flex tokens in two steps, the number and the review, and shows the result. */
export function BuyTokens({ priceList, balance, team }: BuyTokensProps) {
  const { t } = useTranslation('plan')
  const format = useFormat()
  const [bought, setBought] = useState<Purchase>()
  const tokens = balance && t('tokens.now', { tokens: format.tokens(balance.flex.tokens) })
  return (
    <Panel title={t('tokens.title')} aside={tokens}>
      <p>{t('tokens.detail')}</p>
      <div className="buy-tokens">
        {bought === undefined ? (
          <TokenForm priceList={priceList} paymentMethod={team?.paymentMethod} onBought={setBought} />
        ) : (
          <PurchaseResult purchase={bought} balance={balance} onAgain={() => setBought(undefined)} />
        )}
        <PriceSteps priceList={priceList} />
      </div>
    </Panel>
  )
}
