import { useTranslation } from 'react-i18next'
import { useFormat } from '../../use-format.ts'
import { type Cost, costText } from '../usage/cost-text.ts'

/** Returns the writer of costs: tokens and money, which are never added. */
export function useCostText(): (cost: Cost) => string {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const tokens = (amount: number) => t('paid.tokens', { count: amount, tokens: format.tokens(amount) })
  return (cost) => costText(cost, { tokens, usd: format.usd })
}
