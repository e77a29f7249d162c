import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../api/problem.ts'
import { useWrite } from '../../api/queries.ts'
import type { Notifications } from '../../api/types.ts'
import { AdminButton } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { TextField } from '../../components/text-field.tsx'
import { useSay } from '../../layout/messages.tsx'
import { useTeamId } from '../../session/session-context.ts'
import { settingsOf } from './settings.ts'

/** Addresses that get mail, and its language. */
export function Mail({ settings }: { readonly settings: Notifications }) {
  const { t } = useTranslation('notifications')
  const teamId = useTeamId()
  const say = useSay()
  const put = useWrite('putNotifications')
  const [email, setEmail] = useState('')
  const save = (change: Partial<ReturnType<typeof settingsOf>>, done: () => void) =>
    put.mutate({ params: { teamId }, body: { ...settingsOf(settings), ...change } }, { onSuccess: done })

  const add = (event: FormEvent) => {
    event.preventDefault()
    const address = email.trim()
    save({ emails: [...settings.emails, address] }, () => {
      say(t('mail.added', { email: address }))
      setEmail('')
    })
  }
  const problem = emailProblem(put.error)
  return (
    <>
      <p>{t('mail.detail')}</p>
      {settings.emails.length === 0 ? (
        <p>{t('mail.none')}</p>
      ) : (
        <ul className="address-list">
          {settings.emails.map((address) => (
            <li key={address}>
              <span>{address}</span>
              <AdminButton
                look="quiet"
                aria-label={t('mail.removeOne', { email: address })}
                onPress={() =>
                  save({ emails: settings.emails.filter((other) => other !== address) }, () =>
                    say(t('mail.removed', { email: address })),
                  )
                }
              >
                {t('mail.remove')}
              </AdminButton>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={add}>
        <TextField
          label={t('mail.address')}
          type="email"
          value={email}
          onChange={setEmail}
          lengthMax={254}
          problem={problem}
          isRequired
        />
        {put.error !== null && problem === undefined && <ErrorState error={put.error} />}
        <AdminButton type="submit" isPending={put.isPending}>
          {t('mail.add')}
        </AdminButton>
      </form>
      <Choice
        label={t('mail.language')}
        value={settings.language}
        onChange={(language) => save({ language }, () => say(t('mail.languageSaved')))}
        options={{ en: 'English', ja: '日本語' }}
      />
    </>
  )
}

function emailProblem(error: unknown): string | undefined {
  if (!(error instanceof Problem)) return undefined
  return error.errors.find(({ pointer }) => pointer.startsWith('/emails'))?.message
}
