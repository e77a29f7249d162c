import { useTranslation } from 'react-i18next'
import { Choice } from '../../components/choice.tsx'
import { CodeBlock } from '../../components/code-block.tsx'
import { PageLink } from '../../components/page-link.tsx'
import { type ReceiverLanguage, receiverLanguages, receiversFor } from './webhook-examples.ts'

/** The port of the example. */
const port = 9000

export interface WebhookReceiversProps {
  /** True where a webhook may lead to this machine. */
  readonly isLocal: boolean
  readonly language: string | undefined
  readonly onLanguage: (language: ReceiverLanguage) => void
}

/** A receiver that verifies webhooks, and the steps to try it. */
export function WebhookReceivers({ isLocal, language, onLanguage }: WebhookReceiversProps) {
  const { t } = useTranslation('integrate')
  const chosen = receiverLanguages.find((name) => name === language) ?? 'typescript'
  const address = `http://localhost:${port}/`
  return (
    <>
      <p>{t('webhooks.detail')}</p>
      <ul className="headers">
        {(['id', 'timestamp', 'signature'] as const).map((name) => (
          <li key={name}>
            <code>{`webhook-${name}`}</code> {t(`webhooks.header.${name}`)}
          </li>
        ))}
      </ul>
      <Choice
        label={t('language')}
        value={chosen}
        onChange={onLanguage}
        options={{ typescript: 'TypeScript', python: 'Python' }}
      />
      <CodeBlock label={t('webhooks.receiver')} text={receiversFor(port)[chosen]} />
      <h3>{t('webhooks.try')}</h3>
      <ol className="steps">
        <li>
          {isLocal ? t('webhooks.addLocal', { address }) : t('webhooks.addPublic')}{' '}
          <PageLink page="notifications">{t('webhooks.toNotifications')}</PageLink>
        </li>
        <li>{t('webhooks.start')}</li>
        <li>{t('webhooks.send')}</li>
      </ol>
    </>
  )
}
