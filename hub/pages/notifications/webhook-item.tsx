import { useTranslation } from 'react-i18next'
import { useWrite } from '../../api/queries.ts'
import { Badge } from '../../components/badge.tsx'
import { AdminButton } from '../../components/button.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Wrapping } from '../../components/wrapping.tsx'
import { useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'
import { isEventType, type Webhook } from './settings.ts'
import { type ShownSecret, WebhookSecret } from './webhook-secret.tsx'
import { WebhookTestResult } from './webhook-test-result.tsx'

export interface WebhookItemProps {
  readonly webhook: Webhook
  readonly secret: ShownSecret | undefined
  readonly onSecret: (shown: ShownSecret) => void
  readonly onDismiss: () => void
  readonly onRemove: () => void
}

/** One webhook: its events and state, a new secret, and the result of the last test. */
export function WebhookItem({ webhook, secret, onSecret, onDismiss, onRemove }: WebhookItemProps) {
  const { t } = useTranslation('notifications')
  const params = { teamId: useTeamId(), webhookId: webhook.webhookId }
  const rotate = useWrite('rotateWebhookSecret')
  const test = useWrite('testWebhook')
  const { url } = webhook
  const error = rotate.error ?? test.error
  const send = () => {
    rotate.reset()
    test.mutate({ params })
  }
  const renew = () => {
    test.reset()
    rotate.mutate({ params }, { onSuccess: onSecret })
  }
  return (
    <li className="webhook">
      <h3>
        <Wrapping text={url} />
      </h3>
      <State webhook={webhook} />
      <div className="buttons">
        <AdminButton onPress={send} isPending={test.isPending} aria-label={t('webhooks.testOne', { url })}>
          {test.isPending ? t('webhooks.testing') : t('webhooks.test')}
        </AdminButton>
        <AdminButton
          onPress={renew}
          isPending={rotate.isPending}
          aria-label={t('webhooks.renewOne', { url })}
        >
          {t('webhooks.renew')}
        </AdminButton>
        <AdminButton look="danger" onPress={onRemove} aria-label={t('webhooks.removeOne', { url })}>
          {t('webhooks.remove')}
        </AdminButton>
      </div>
      {error !== null && <ErrorState error={error} />}
      {secret !== undefined && <WebhookSecret url={url} shown={secret} onDismiss={onDismiss} />}
      {test.data !== undefined && <WebhookTestResult result={test.data} />}
    </li>
  )
}

function State({ webhook: { types, disabledAt } }: Pick<WebhookItemProps, 'webhook'>) {
  const { t } = useTranslation('notifications')
  const format = useFormat()
  const names = types?.map((type) => (isEventType(type) ? t(`type.${type}`) : type)).join(' · ')
  return (
    <>
      <p>
        {disabledAt === undefined ? (
          <Badge tone="good">{t('webhooks.on')}</Badge>
        ) : (
          <Badge tone="bad">{t('webhooks.off')}</Badge>
        )}{' '}
        {names ?? t('webhooks.all')}
      </p>
      {disabledAt !== undefined && <p>{t('webhooks.offSince', { at: format.instant(disabledAt) })}</p>}
    </>
  )
}
