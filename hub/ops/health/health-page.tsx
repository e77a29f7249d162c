import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../api/queries.ts'
import { Instant } from '../../components/instant.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { Panel } from '../../components/panel.tsx'
import { View } from '../../components/view.tsx'
import { ChecksTable } from './checks-table.tsx'
import { DeadLetters } from './dead-letters.tsx'
import './health.css'
import { Lags } from './lags.tsx'
import { RunbookList } from './runbook-list.tsx'

/** The state of the platform at a glance, what waits, what was given up, and what to do about each. */
export function HealthPage() {
  const { t } = useTranslation('ops-health')
  const health = useAnswer('getHealth', {})
  const deadLetters = useAnswer('listDeadLetters', {})
  const runbookUrl = health.data?.runbookUrl
  return (
    <div className="health">
      <PageHeading title={t('title')}>
        {health.data !== undefined && (
          <p>
            {t('asOf')} <Instant at={health.data.at} />
          </p>
        )}
      </PageHeading>
      <Panel title={t('checks.title')}>
        <View query={health}>
          {(found) => <ChecksTable health={found} messages={deadLetters.data?.messages} />}
        </View>
      </Panel>
      <Panel title={t('letters.title')}>
        <p>{t('letters.detail')}</p>
        <View query={deadLetters}>{({ queues }) => <DeadLetters queues={queues} />}</View>
      </Panel>
      <Panel title={t('lags.title')}>
        <Lags />
      </Panel>
      <Panel title={t('runbook.title')}>
        <RunbookList runbookUrl={runbookUrl} />
      </Panel>
    </div>
  )
}
