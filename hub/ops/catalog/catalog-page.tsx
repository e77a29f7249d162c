import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../api/queries.ts'
import { PageHeading } from '../../components/page-heading.tsx'
import { Panel } from '../../components/panel.tsx'
import { View } from '../../components/view.tsx'
import './catalog.css'
import { useCountries } from '../../pages/plan/use-countries.ts'
import { useFormat } from '../../use-format.ts'
import { DatedLists } from './dated-lists.tsx'
import { Publications } from './publications.tsx'
import { PublishCard } from './publish-card.tsx'
import { CardTable, RateTable } from './rate-tables.tsx'

/** All dated data of the catalog: in force, coming and past, with a way to publish the next version. */
export function CatalogPage() {
  const { t } = useTranslation('ops-catalog')
  return (
    <>
      <PageHeading title={t('title')}>
        <p>{t('detail')}</p>
      </PageHeading>
      <div className="catalog">
        <Rates />
        <DatedLists countries={useCountries().names} />
      </div>
    </>
  )
}

function Rates() {
  const { t } = useTranslation('ops-catalog')
  const format = useFormat()
  const rates = useAnswer('getRateCard', {})
  return (
    <Panel title={t('rates.title')}>
      <View query={rates}>
        {({ at, meters, upcoming, publications }) => (
          <>
            <RateTable label={t('rates.title')} rates={meters} />
            {upcoming.map((card) => (
              <section key={card.version}>
                <h3>{t('coming', { version: card.version, at: format.instant(card.effectiveAt) })}</h3>
                <CardTable label={t('rates.changes')} rows={card.meters} before={meters} />
              </section>
            ))}
            <Publications publications={publications} />
            <PublishCard rates={meters} now={at} />
          </>
        )}
      </View>
    </Panel>
  )
}
