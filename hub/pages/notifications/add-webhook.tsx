import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { notifiedTypes } from '../../../core/events/notified-types.ts'
import { Problem } from '../../api/problem.ts'
import { AdminButton } from '../../components/button.tsx'
import { CheckboxList } from '../../components/checkbox-list.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Form } from '../../components/form.tsx'
import { TextField } from '../../components/text-field.tsx'
import { useSay } from '../../layout/messages.tsx'
import type { EventType } from './settings.ts'
import { useChangeSettings } from './use-change-settings.ts'

export interface AddWebhookProps {
  readonly onMade: (made: { readonly webhookId: string; readonly secret: string }) => void
}

/** Adds an address that receives events. They are signed with a secret that the answer shows once. */
export function AddWebhook({ onMade }: AddWebhookProps) {
  const { t } = useTranslation('notifications')
  const say = useSay()
  const put = useChangeSettings()
  const [url, setUrl] = useState('')
  const [types, setTypes] = useState<readonly EventType[]>([])

  const type = (typed: string) => {
    setUrl(typed)
    if (!put.isPending) put.reset()
  }
  const add = () => {
    const made = { url: url.trim(), ...(types.length > 0 && { types: [...types] }) }
    put.mutate(
      (before) => ({
        ...before,
        webhooks: [...before.webhooks.filter((other) => other.url !== made.url), made],
      }),
      {
        onSuccess: (after) => {
          const { webhookId, secret } = after.webhooks.find((webhook) => webhook.url === made.url) ?? {}
          if (webhookId !== undefined && secret !== undefined) onMade({ webhookId, secret })
          say(t('webhooks.added'))
          setUrl((typed) => (typed === url ? '' : typed))
          setTypes((ticked) => (ticked === types ? [] : ticked))
        },
      },
    )
  }
  const problem = urlProblem(put.error)
  return (
    <Form isPending={put.isPending} onSubmit={add}>
      <TextField
        label={t('webhooks.address')}
        type="url"
        value={url}
        onChange={type}
        hint={t('webhooks.hint')}
        lengthMax={500}
        problem={problem}
        isRequired
      />
      <CheckboxList
        label={t('webhooks.types')}
        hint={t('webhooks.typesHint')}
        values={types}
        onChange={setTypes}
        options={notifiedTypes.map((type) => ({ value: type, text: t(`type.${type}`) }))}
      />
      {put.error !== null && problem === undefined && <ErrorState error={put.error} />}
      <AdminButton type="submit" isPending={put.isPending}>
        {t('webhooks.add')}
      </AdminButton>
    </Form>
  )
}

function urlProblem(error: unknown): string | undefined {
  if (!(error instanceof Problem)) return undefined
  return error.errors.find(({ pointer }) => pointer.startsWith('/webhooks'))?.message
}
