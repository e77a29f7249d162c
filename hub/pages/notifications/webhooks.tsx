import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { NotificationsAnswer as Notifications } from '../../../contract/notifications.ts'
import { useSay } from '../../layout/messages.tsx'
import { pathOf } from '../../paths.ts'
import { useTeamId } from '../../session/session-context.ts'
import { AddWebhook } from './add-webhook.tsx'
import { Removal } from './removal.tsx'
import { useChangeSettings } from './use-change-settings.ts'
import { WebhookItem } from './webhook-item.tsx'
import type { ShownSecret } from './webhook-secret.tsx'

type Secrets = Readonly<Record<string, ShownSecret>>

/** The team's webhooks. Each new secret is shown with its webhook until the person dismisses it. */
export function Webhooks({ settings }: { readonly settings: Notifications }) {
  const { t } = useTranslation('notifications')
  const teamId = useTeamId()
  const [secrets, setSecrets] = useState<Secrets>({})
  const [removing, setRemoving] = useState<string>()
  const show = (webhookId: string, shown: ShownSecret) =>
    setSecrets((before) => ({ ...before, [webhookId]: shown }))
  const dismiss = (webhookId: string) => setSecrets(({ [webhookId]: _, ...rest }) => rest)
  return (
    <>
      <p>
        {t('webhooks.detail')}{' '}
        <Link href={`${pathOf(teamId, 'integrate')}#webhooks`}>{t('webhooks.verify')}</Link>
      </p>
      {settings.webhooks.length === 0 ? (
        <p>{t('webhooks.none')}</p>
      ) : (
        <ul className="webhooks" aria-label={t('webhooks.title')}>
          {settings.webhooks.map((webhook) => (
            <WebhookItem
              key={webhook.webhookId}
              webhook={webhook}
              secret={secrets[webhook.webhookId]}
              onSecret={(shown) => show(webhook.webhookId, shown)}
              onDismiss={() => dismiss(webhook.webhookId)}
              onRemove={() => setRemoving(webhook.url)}
            />
          ))}
        </ul>
      )}
      {removing !== undefined && <RemoveWebhook url={removing} onClose={() => setRemoving(undefined)} />}
      <AddWebhook onMade={({ webhookId, secret }) => show(webhookId, { secret })} />
    </>
  )
}

function RemoveWebhook({ url, onClose }: { readonly url: string; readonly onClose: () => void }) {
  const { t } = useTranslation('notifications')
  const say = useSay()
  const put = useChangeSettings()
  const remove = () =>
    put.mutate((before) => ({ ...before, webhooks: before.webhooks.filter((other) => other.url !== url) }), {
      onSuccess: () => {
        say(t('webhooks.removed'))
        onClose()
      },
    })
  return (
    <Removal
      title={t('webhooks.removeAsk', { url })}
      detail={t('webhooks.removeDetail')}
      isPending={put.isPending}
      error={put.error}
      onRemove={remove}
      onClose={onClose}
    />
  )
}
