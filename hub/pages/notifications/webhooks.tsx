import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NotificationsAnswer as Notifications } from '../../../contract/notifications.ts'
import { useWrite } from '../../api/queries.ts'
import { Badge } from '../../components/badge.tsx'
import { AdminButton } from '../../components/button.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Notice } from '../../components/notice.tsx'
import { Table } from '../../components/table.tsx'
import { useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'
import { AddWebhook } from './add-webhook.tsx'
import { isEventType, type Webhook } from './settings.ts'
import { useChangeSettings } from './use-change-settings.ts'

interface Shown {
  readonly url: string
  readonly secret: string
  readonly previousUntil?: string
}

/** The team's webhooks. A secret is shown once, when the webhook is created. */
export function Webhooks({ settings }: { readonly settings: Notifications }) {
  const { t } = useTranslation('notifications')
  const teamId = useTeamId()
  const format = useFormat()
  const put = useChangeSettings()
  const rotate = useWrite('rotateWebhookSecret')
  const [shown, setShown] = useState<Shown>()

  const remove = ({ url }: Webhook) =>
    put.mutate((before) => ({ ...before, webhooks: before.webhooks.filter((other) => other.url !== url) }), {
      onSuccess: () => setShown(undefined),
    })
  const renew = ({ webhookId, url }: Webhook) =>
    rotate.mutate({ params: { teamId, webhookId } }, { onSuccess: (made) => setShown({ url, ...made }) })

  const columns = [t('webhooks.url'), t('webhooks.events'), t('webhooks.state'), t('webhooks.actions')]
  const error = put.error ?? rotate.error
  return (
    <>
      <p>{t('webhooks.detail')}</p>
      {shown !== undefined && (
        <Notice title={t('webhooks.secret', { url: shown.url })} level={3} tone="warn" isUrgent>
          <code>{shown.secret}</code>
          <p>{t('webhooks.secretOnce')}</p>
          {shown.previousUntil !== undefined && (
            <p>{t('webhooks.previous', { at: format.instant(shown.previousUntil) })}</p>
          )}
        </Notice>
      )}
      {settings.webhooks.length === 0 ? (
        <p>{t('webhooks.none')}</p>
      ) : (
        <Table label={t('webhooks.title')} columns={columns.map((name) => ({ name }))}>
          {settings.webhooks.map((webhook) => (
            <tr key={webhook.webhookId}>
              <th scope="row">{webhook.url}</th>
              <td>
                {webhook.types?.map((type) => (isEventType(type) ? t(`type.${type}`) : type)).join(' · ') ??
                  t('webhooks.all')}
              </td>
              <td>
                {webhook.disabledAt === undefined ? (
                  <Badge tone="good">{t('webhooks.on')}</Badge>
                ) : (
                  <>
                    <Badge tone="bad">{t('webhooks.off')}</Badge>
                    <p>{t('webhooks.offSince', { at: format.instant(webhook.disabledAt) })}</p>
                  </>
                )}
              </td>
              <td className="buttons">
                <AdminButton
                  onPress={() => renew(webhook)}
                  aria-label={t('webhooks.renewOne', { url: webhook.url })}
                >
                  {t('webhooks.renew')}
                </AdminButton>
                <AdminButton
                  look="danger"
                  onPress={() => remove(webhook)}
                  aria-label={t('webhooks.removeOne', { url: webhook.url })}
                >
                  {t('webhooks.remove')}
                </AdminButton>
              </td>
            </tr>
          ))}
        </Table>
      )}
      {error !== null && <ErrorState error={error} />}
      <AddWebhook onMade={setShown} />
    </>
  )
}
