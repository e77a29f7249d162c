import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toldTypes } from '../../../core/events/told-types.ts'
import { Problem } from '../../api/problem.ts'
import { useWrite } from '../../api/queries.ts'
import type { Notifications } from '../../api/types.ts'
import { AdminButton } from '../../components/button.tsx'
import { CheckboxList } from '../../components/checkbox-list.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { TextField } from '../../components/text-field.tsx'
import { useSay } from '../../layout/messages.tsx'
import { useTeamId } from '../../session/session-context.ts'
import { type EventType, settingsOf } from './settings.ts'

export interface AddWebhookProps {
  readonly settings: Notifications
  readonly onMade: (made: { readonly url: string; readonly secret: string }) => void
}

/** An address that is told of events, signed with a secret that the answer shows once. */
export function AddWebhook({ settings, onMade }: AddWebhookProps) {
  const { t } = useTranslation('notifications')
  const teamId = useTeamId()
  const say = useSay()
  const put = useWrite('putNotifications')
  const [url, setUrl] = useState('')
  const [types, setTypes] = useState<readonly EventType[]>([])

  const add = (event: FormEvent) => {
    event.preventDefault()
    const before = settingsOf(settings)
    const made = { url: url.trim(), ...(types.length > 0 && { types: [...types] }) }
    put.mutate(
      { params: { teamId }, body: { ...before, webhooks: [...before.webhooks, made] } },
      {
        onSuccess: (after) => {
          const { secret } = after.webhooks.find((webhook) => webhook.url === made.url) ?? {}
          if (secret !== undefined) onMade({ url: made.url, secret })
          say(t('webhooks.added'))
          setUrl('')
          setTypes([])
        },
      },
    )
  }
  const problem = urlProblem(put.error)
  return (
    <form onSubmit={add}>
      <TextField
        label={t('webhooks.address')}
        type="url"
        value={url}
        onChange={setUrl}
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
        options={toldTypes.map((type) => ({ value: type, text: t(`type.${type}`) }))}
      />
      {put.error !== null && problem === undefined && <ErrorState error={put.error} />}
      <AdminButton type="submit" isPending={put.isPending}>
        {t('webhooks.add')}
      </AdminButton>
    </form>
  )
}

function urlProblem(error: unknown): string | undefined {
  if (!(error instanceof Problem)) return undefined
  return error.errors.find(({ pointer }) => pointer.startsWith('/webhooks'))?.message
}
