import { useTranslation } from 'react-i18next'
import type { OfferAnswer as Offer } from '../../../contract/get-offer.ts'
import { useMeters } from '../../meters.ts'
import { useFormat } from '../../use-format.ts'
import { useCountries } from './use-countries.ts'

/** The amounts that subscriptions to products include, and published changes that are not in force yet, by their date. */
export function DatedChanges({ offer }: { readonly offer: Offer }) {
  const { t } = useTranslation('plan')
  const format = useFormat()
  const meters = useMeters()
  const { names } = useCountries()
  const { includedAmounts, upcomingIncludedAmounts, upcomingUnratedApis, upcomingPriceLists, payAsYouGo } =
    offer
  const include = ({ product, meter, perPeriod }: Offer['includedAmounts'][number]) =>
    t('dated.included', { product, meter: meters.name(meter), amount: meters.quantity(meter, perPeriod) })
  const changes = [
    ...upcomingPriceLists.map(({ effectiveAt, minimumTokens, steps }) => {
      const [first] = steps
      const price = format.usd(first?.unitPriceUsdCents ?? 0)
      const tokens = format.tokens(minimumTokens)
      return { effectiveAt, texts: [t('dated.prices', { count: minimumTokens, tokens, price })] }
    }),
    ...upcomingUnratedApis.map(({ effectiveAt, apis }) => {
      return { effectiveAt, texts: [t('dated.unrated', { apis: apis.map(meters.api).join(', ') })] }
    }),
    ...payAsYouGo.upcoming.map(({ effectiveAt, countries }) => {
      return { effectiveAt, texts: [t('dated.countries', { countries: names(countries).join(', ') })] }
    }),
    ...upcomingIncludedAmounts.map(({ effectiveAt, products }) => {
      return { effectiveAt, texts: products.map(include) }
    }),
  ].toSorted((a, b) => (a.effectiveAt < b.effectiveAt ? -1 : 1))
  if (includedAmounts.length + changes.length === 0) return null
  return (
    <div className="upcoming">
      <h3>{t('dated.title')}</h3>
      <ul>
        {includedAmounts.map((amount) => (
          <li key={`${amount.product} ${amount.meter}`}>{include(amount)}</li>
        ))}
        {changes.flatMap(({ effectiveAt, texts }) =>
          texts.map((text) => (
            <li key={`${effectiveAt} ${text}`}>
              {t('dated.from', { from: format.instant(effectiveAt) })} {text}
            </li>
          )),
        )}
      </ul>
    </div>
  )
}
