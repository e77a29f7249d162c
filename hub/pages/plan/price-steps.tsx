import { useTranslation } from 'react-i18next'
import type { OfferAnswer as Offer } from '../../../contract/get-offer.ts'
import { priceOf } from '../../../core/catalog/catalog.ts'
import { Badge } from '../../components/badge.tsx'
import { Table } from '../../components/table.tsx'
import { useFormat } from '../../use-format.ts'

/** The volume discount: the price of a token at each quantity. */
export function PriceSteps({ priceList }: { readonly priceList: Offer['priceList'] }) {
  const { t } = useTranslation('plan')
  const format = useFormat()
  return (
    <div className="price-steps">
      <h3>
        {t('steps.title')} {priceList.unverified && <Badge tone="warn">{t('unverified.mark')}</Badge>}
      </h3>
      <Table
        label={t('steps.title')}
        columns={[
          { name: t('steps.from'), isNumber: true },
          { name: t('steps.unitPrice'), isNumber: true },
          { name: t('steps.total'), isNumber: true },
        ]}
      >
        {priceList.steps.map(({ fromTokens, unitPriceUsdCents }) => (
          <tr key={fromTokens}>
            <th scope="row" className="number">
              {format.tokens(fromTokens)}
            </th>
            <td className="number">{format.usd(unitPriceUsdCents)}</td>
            <td className="number">{format.usd(priceOf(priceList, fromTokens)?.usdCents ?? 0)}</td>
          </tr>
        ))}
      </Table>
      {priceList.unverified && <small>{t('unverified.meaning')}</small>}
    </div>
  )
}
