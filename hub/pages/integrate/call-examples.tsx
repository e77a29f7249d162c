import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../api/queries.ts'
import { Choice } from '../../components/choice.tsx'
import { CodeBlock } from '../../components/code-block.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageLink } from '../../components/page-link.tsx'
import { Select } from '../../components/select.tsx'
import type { Filters } from '../../filters.ts'
import { useMeters, useOffer } from '../../meters.ts'
import { useSignedIn } from '../../session/session-context.ts'
import { apiOf, tokenSourceOf } from './api-address.ts'
import { exampleLanguages, examplesFor } from './examples.ts'

export type IntegrateFilters = Filters<'app' | 'meter' | 'language'>

export interface CallExamplesProps extends IntegrateFilters {
  readonly apps: readonly { readonly appId: string; readonly name: string }[]
}

/** Examples for one of the team's apps and a meter, in the chosen language. */
export function CallExamples({ apps, filters, change }: CallExamplesProps) {
  const { t } = useTranslation('integrate')
  const { config } = useSignedIn()
  const { list, first } = useWorkingMeters()
  const meters = useMeters()
  const app = apps.find(({ appId }) => appId === filters.app) ?? apps[0]
  if (app === undefined)
    return (
      <Notice title={t('noApp.title')}>
        <p>{t('noApp.detail')}</p>
        <PageLink page="apps">{t('noApp.toApps')}</PageLink>
      </Notice>
    )
  const api = apiOf(config)
  const meter = list.find((name) => name === filters.meter) ?? first
  const language = exampleLanguages.find((name) => name === filters.language) ?? 'curl'
  const token = tokenSourceOf(config)
  const examples = examplesFor({ api, appId: app.appId, meter, token })
  return (
    <>
      <div className="integrate-choices">
        <Select
          label={t('app')}
          value={app.appId}
          onChange={(appId) => change({ app: appId })}
          options={apps.map(({ appId, name }) => ({ value: appId, text: name }))}
        />
        <Select
          label={t('meter')}
          value={meter}
          onChange={(name) => change({ meter: name })}
          options={list.map((name) => ({ value: name, text: meters.name(name) }))}
        />
      </div>
      <dl className="facts">
        <Fact name={t('clientId')} value={app.appId} />
        <Fact name={t('meterId')} value={meter} />
        <Fact name={t('api')} value={api} />
      </dl>
      <p>{t(`token.${token.kind}`)}</p>
      <CodeBlock label={t('token.label')} text={examples.token} />
      <Choice
        label={t('language')}
        value={language}
        onChange={(name) => change({ language: name })}
        options={{ curl: 'curl', typescript: 'TypeScript', python: 'Python' }}
      />
      <CodeBlock label={t('example', { app: app.name })} text={examples[language]} />
      <p>{t('counts', { quantity: meters.quantity(meter, 1) })}</p>
    </>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <code>{value}</code> <CopyButton text={value} label={name} />
      </dd>
    </div>
  )
}

/** The meters of the rate card, and the first one that the team may use now. */
function useWorkingMeters() {
  const { teamId } = useSignedIn()
  const { data: offer } = useOffer()
  const { data: balance } = useAnswer('getBalance', { params: { teamId } })
  const list = offer?.rateCard.meters.map(({ meter }) => meter) ?? []
  const refused = new Set(balance?.refused.map(({ meter }) => meter))
  return { list, first: list.find((meter) => !refused.has(meter)) ?? list[0] ?? '' }
}
