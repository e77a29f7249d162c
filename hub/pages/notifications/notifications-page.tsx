import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../api/queries.ts'
import { PageHeading } from '../../components/page-heading.tsx'
import { Panel } from '../../components/panel.tsx'
import { View } from '../../components/view.tsx'
import { useTeamId } from '../../session/session-context.ts'
import { Alerts } from './alerts.tsx'
import { Deliveries } from './deliveries.tsx'
import { Mail } from './mail.tsx'
import { Webhooks } from './webhooks.tsx'
import './notifications.css'

/** The team's notification settings, and the result of each delivery. */
export function NotificationsPage() {
  const { t } = useTranslation('notifications')
  const settings = useAnswer('getNotifications', { params: { teamId: useTeamId() } })
  return (
    <>
      <PageHeading title={t('title')}>
        <p>{t('detail')}</p>
      </PageHeading>
      <div className="notifications">
        <View query={settings}>
          {(found) => (
            <>
              <Panel title={t('mail.title')}>
                <Mail settings={found} />
              </Panel>
              <Panel title={t('webhooks.title')}>
                <Webhooks settings={found} />
              </Panel>
            </>
          )}
        </View>
        <Alerts />
        <Panel title={t('deliveries.title')}>
          <Deliveries />
        </Panel>
      </div>
    </>
  )
}
