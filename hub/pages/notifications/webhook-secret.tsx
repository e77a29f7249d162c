import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { CodeBlock } from '../../components/code-block.tsx'
import { Notice } from '../../components/notice.tsx'
import { useFormat } from '../../use-format.ts'

/** A secret that the API has just shown, for the only time. */
export interface ShownSecret {
  readonly secret: string
  /** The instant until which the secret before it stays valid. */
  readonly previousUntil?: string
}

export interface WebhookSecretProps {
  readonly url: string
  readonly shown: ShownSecret
  readonly onDismiss: () => void
}

/** A new secret of a webhook, which stays visible until the person has stored it. */
export function WebhookSecret({ url, shown, onDismiss }: WebhookSecretProps) {
  const { t } = useTranslation('notifications')
  const format = useFormat()
  const { secret, previousUntil } = shown
  return (
    <Notice title={t('webhooks.secretOnce')} level={3} tone="warn" isUrgent>
      <CodeBlock label={t('webhooks.secret', { url })} text={secret} />
      {previousUntil !== undefined && <p>{t('webhooks.previous', { at: format.instant(previousUntil) })}</p>}
      <div className="buttons">
        <Button onPress={onDismiss} aria-label={t('webhooks.secretStoredOne', { url })}>
          {t('webhooks.secretStored')}
        </Button>
      </div>
    </Notice>
  )
}
