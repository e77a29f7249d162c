import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../api/client.ts'
import { useAnswer } from '../../api/queries.ts'
import { Panel } from '../../components/panel.tsx'
import { View } from '../../components/view.tsx'
import { useMeters } from '../../meters.ts'
import { useClient } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'
import { objectIn } from './json-field.tsx'
import { Publications } from './publications.tsx'
import type { PublishFormProps } from './publish-form.tsx'
import { PublishJson } from './publish-json.tsx'

/** Price lists, included amounts, unrated APIs and countries: each with what is in force and what comes. */
export function DatedLists({ countries }: { readonly countries: (codes: readonly string[]) => string[] }) {
  const { t } = useTranslation('ops-catalog')
  const client = useClient()
  const meters = useMeters()
  const format = useFormat()
  return (
    <>
      <DatedPanel
        title={t('lists.prices')}
        query={useAnswer('getPriceLists', {})}
        show={({ minimumTokens, steps }: Content<'getPriceLists'>) => [
          t('lists.minimum', { count: minimumTokens, tokens: format.tokens(minimumTokens) }),
          ...steps.map(({ fromTokens, unitPriceUsdCents }) =>
            t('lists.step', { from: format.tokens(fromTokens), price: format.usd(unitPriceUsdCents) }),
          ),
        ]}
        send={(text) => (draft, query) => client.call('publishPriceList', { ...given(draft, text), query })}
      />
      <DatedPanel
        title={t('lists.included')}
        query={useAnswer('getIncludedAmounts', {})}
        show={({ products }: Content<'getIncludedAmounts'>) =>
          products.map(({ product, meter, perPeriod }) =>
            t('lists.amount', {
              product,
              meter: meters.name(meter),
              amount: meters.quantity(meter, perPeriod),
            }),
          )
        }
        send={(text) => (draft, query) =>
          client.call('publishIncludedAmounts', { ...given(draft, text), query })
        }
      />
      <DatedPanel
        title={t('lists.unrated')}
        query={useAnswer('getUnratedApis', {})}
        show={({ apis }: Content<'getUnratedApis'>) => [apis.map(meters.api).join(', ')]}
        send={(text) => (draft, query) => client.call('publishUnratedApis', { ...given(draft, text), query })}
      />
      <DatedPanel
        title={t('lists.countries')}
        query={useAnswer('getPayAsYouGoCountries', {})}
        show={(version: Content<'getPayAsYouGoCountries'>) => [countries(version.countries).join(', ')]}
        send={(text) => (draft, query) =>
          client.call('publishPayAsYouGoCountries', { ...given(draft, text), query })
        }
      />
    </>
  )
}

type Kind = 'getPriceLists' | 'getIncludedAmounts' | 'getUnratedApis' | 'getPayAsYouGoCountries'
type Content<Id extends Kind> = Answer<Id>['upcoming'][number]

/** The version of a draft, with the content of a JSON text. The service checks its fields. */
function given({ version, effectiveAt, reason }: Parameters<PublishFormProps['send']>[0], text: string) {
  return { params: { version }, body: { ...objectIn(text), effectiveAt, reason } }
}

interface Listed<Version> {
  readonly at: string
  readonly inForce?: Version | undefined
  readonly upcoming: readonly Version[]
  readonly publications: Answer<'getRateCard'>['publications']
}

interface DatedPanelProps<Version> {
  readonly title: string
  readonly query: UseQueryResult<Listed<Version>>
  /** The lines of a version. */
  readonly show: (version: Version) => readonly string[]
  readonly send: (text: string) => PublishFormProps['send']
}

function DatedPanel<Version extends { readonly version: string; readonly effectiveAt: string }>({
  title,
  query,
  show,
  send,
}: DatedPanelProps<Version>) {
  const { t } = useTranslation('ops-catalog')
  const format = useFormat()
  return (
    <Panel title={title}>
      <View query={query}>
        {({ at, inForce, upcoming, publications }) => (
          <>
            {inForce === undefined ? <p>{t('lists.none')}</p> : <Lines lines={show(inForce)} />}
            {upcoming.map((version) => (
              <section key={version.version}>
                <h3>{t('coming', { version: version.version, at: format.instant(version.effectiveAt) })}</h3>
                <Lines lines={show(version)} />
              </section>
            ))}
            {publications.length > 0 && <Publications publications={publications} />}
            <PublishJson title={t('publish.version1', { title })} now={at} start={inForce} send={send} />
          </>
        )}
      </View>
    </Panel>
  )
}

function Lines({ lines }: { readonly lines: readonly string[] }): ReactNode {
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
