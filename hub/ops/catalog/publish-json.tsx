import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { JsonField, objectIn } from './json-field.tsx'
import { PublishForm, type PublishFormProps } from './publish-form.tsx'

export interface PublishJsonProps extends Pick<PublishFormProps, 'title' | 'now'> {
  /** The version in force, whose content is edited. */
  readonly start: { readonly version: string; readonly effectiveAt: string } | undefined
  readonly send: (text: string) => PublishFormProps['send']
}

/** Publishes a version whose content is edited as JSON. */
export function PublishJson({ title, now, start, send }: PublishJsonProps) {
  const { t } = useTranslation('ops-catalog')
  const [text, setText] = useState(() => contentOf(start))
  return (
    <PublishForm
      title={title}
      now={now}
      problem={objectIn(text) === undefined ? t('publish.noJson') : undefined}
      send={send(text)}
      editor={() => <JsonField label={t('publish.content')} value={text} onChange={setText} />}
      review={
        <pre>
          <code>{text}</code>
        </pre>
      }
    />
  )
}

/** The content of a version, without what the form has fields for. */
function contentOf(start: PublishJsonProps['start']): string {
  if (start === undefined) return ''
  const { version: _, effectiveAt: __, ...content } = start
  return JSON.stringify(content, null, 2)
}
