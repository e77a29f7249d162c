import { useTranslation } from 'react-i18next'
import type { OfferAnswer as Offer } from '../../../contract/get-offer.ts'
import { Panel } from '../../components/panel.tsx'
import { useMeters } from '../../meters.ts'
import { useCountries } from './use-countries.ts'

/** The APIs that are not rated and the countries of pay as you go, by name, in two lists that open on demand. */
export function OfferLists({ offer }: { readonly offer: Offer }) {
  const { t } = useTranslation('plan')
  const meters = useMeters()
  const countries = useCountries()
  return (
    <Panel title={t('lists.title')}>
      <NameList
        title={t('lists.unrated', { count: offer.unratedApis.length })}
        names={offer.unratedApis.map(meters.api)}
      />
      <NameList
        title={t('lists.countries', { count: offer.payAsYouGo.countries.length })}
        names={countries.names(offer.payAsYouGo.countries)}
      />
    </Panel>
  )
}

function NameList({ title, names }: { readonly title: string; readonly names: readonly string[] }) {
  return (
    <details className="offer-list">
      <summary>{title}</summary>
      <ul>
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </details>
  )
}
