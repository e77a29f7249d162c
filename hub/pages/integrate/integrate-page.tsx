import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../api/queries.ts'
import { PageHeading } from '../../components/page-heading.tsx'
import { Panel } from '../../components/panel.tsx'
import { View } from '../../components/view.tsx'
import { useFilters } from '../../filters.ts'
import { languageNow } from '../../i18n.ts'
import { useOffer } from '../../meters.ts'
import { useSignedIn } from '../../session/session-context.ts'
import { Agents } from './agents.tsx'
import { apiOf } from './api-address.ts'
import { Budgets } from './budgets.tsx'
import { CallExamples } from './call-examples.tsx'
import { CodeList } from './code-list.tsx'
import { Guides } from './guides.tsx'
import './integrate.css'
import { problemCodes, refusalCodes } from './refusal-codes.ts'
import { useHashTarget } from './use-hash-target.ts'
import { WebhookReceivers } from './webhook-receivers.tsx'

const filterNames = ['app', 'meter', 'language', 'receiver'] as const

/** Shows a developer how a service asks, reports and understands refusals, how it verifies webhooks, and how agents connect. */
export function IntegratePage() {
  const { t } = useTranslation('integrate')
  const { teamId, config } = useSignedIn()
  const { filters, change } = useFilters(filterNames)
  const onboarding = useAnswer('getOnboarding', { params: { teamId } })
  const offer = useOffer()
  const isReady = onboarding.data !== undefined && offer.data !== undefined
  useHashTarget(isReady)
  return (
    <>
      <PageHeading title={t('title')}>
        <p>{t('detail')}</p>
      </PageHeading>
      <div className="integrate">
        <Panel title={t('calls.title')}>
          <p>
            {t('calls.detail')} <a href={`${apiOf(config)}/v1/openapi.json`}>{t('calls.openapi')}</a>
          </p>
          <View query={onboarding}>
            {({ apps }) => offer.data && <CallExamples apps={apps} filters={filters} change={change} />}
          </View>
        </Panel>
        <div id="webhooks" tabIndex={-1}>
          <Panel title={t('webhooks.title')}>
            <WebhookReceivers
              isLocal={config.timeMachine}
              language={filters.receiver}
              onLanguage={(receiver) => change({ receiver })}
            />
          </Panel>
        </div>
        <Panel title={t('agents.title')}>
          <Agents api={apiOf(config)} />
        </Panel>
        <Panel title={t('budgets.title')}>
          <Budgets />
        </Panel>
        <Panel title={t('guides.title')}>
          <p>{t('guides.detail')}</p>
          <Guides />
        </Panel>
        <Panel title={t('codes.title')}>
          <p>{t('codes.detail')}</p>
          <CodeList label={t('codes.title')} codes={refusalCodes(languageNow())} />
          <h3>{t('codes.problems')}</h3>
          <p>{t('codes.problemsDetail')}</p>
          <CodeList label={t('codes.problems')} codes={problemCodes(languageNow())} />
        </Panel>
      </div>
    </>
  )
}
