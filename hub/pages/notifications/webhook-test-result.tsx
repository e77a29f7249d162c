import { useTranslation } from 'react-i18next'
import type { WebhookTestAnswer } from '../../../contract/test-webhook.ts'
import { Badge } from '../../components/badge.tsx'
import { CodeBlock } from '../../components/code-block.tsx'
import { useFormat } from '../../use-format.ts'

/** The message of a test event as it was sent, and the receiver's answer to it. */
export function WebhookTestResult({ result }: { readonly result: WebhookTestAnswer }) {
  const { t } = useTranslation('notifications')
  const format = useFormat()
  const { at, status, outcome, milliseconds, headers, payload, response } = result
  const sent = [...headers.map(({ name, value }) => `${name}: ${value}`), '', payload].join('\n')
  const answered = [response?.body ?? '', response?.isCut === true ? '…' : ''].join('')
  return (
    <div className="webhook-test" role="status">
      <p>
        <Badge tone={status === 'delivered' ? 'good' : 'bad'}>{t(`deliveries.status.${status}`)}</Badge>{' '}
        {t('result.summary', {
          at: format.instant(at),
          outcome,
          milliseconds: format.number(milliseconds),
        })}
      </p>
      {status === 'failed' && <p>{response === undefined ? t('result.unreached') : t('result.refused')}</p>}
      <CodeBlock label={t('result.sent')} text={sent} />
      {response !== undefined &&
        (answered === '' ? (
          <p>{t('result.empty')}</p>
        ) : (
          <CodeBlock label={t('result.answer', { status: response.status })} text={answered} />
        ))}
    </div>
  )
}
