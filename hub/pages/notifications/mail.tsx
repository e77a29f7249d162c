import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NotificationsAnswer as Notifications } from '../../../contract/notifications.ts'
import { Problem } from '../../api/problem.ts'
import { AdminButton } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Form } from '../../components/form.tsx'
import { TextField } from '../../components/text-field.tsx'
import { Wrapping } from '../../components/wrapping.tsx'
import { useSay } from '../../layout/messages.tsx'
import { useMayChange } from '../../session/session-context.ts'
import { Removal } from './removal.tsx'
import type { Settings } from './settings.ts'
import { useChangeSettings } from './use-change-settings.ts'

/** Addresses that receive mail, and its language. */
export function Mail({ settings }: { readonly settings: Notifications }) {
  const { t } = useTranslation('notifications')
  const say = useSay()
  const put = useChangeSettings()
  const [email, setEmail] = useState('')
  const [removing, setRemoving] = useState<string>()
  const mayChange = useMayChange()
  const save = (change: (before: Settings) => Partial<Settings>, done: () => void) =>
    put.mutate((before) => ({ ...before, ...change(before) }), { onSuccess: done })

  const type = (typed: string) => {
    setEmail(typed)
    if (!put.isPending) put.reset()
  }
  const add = () => {
    const address = email.trim().toLowerCase()
    save(
      ({ emails }) => ({ emails: [...emails.filter((other) => other !== address), address] }),
      () => {
        say(t('mail.added', { email: address }))
        setEmail((typed) => (typed === email ? '' : typed))
      },
    )
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
              <span>
                <Wrapping text={address} />
              </span>
              <AdminButton
                look="quiet"
                aria-label={t('mail.removeOne', { email: address })}
                onPress={() => setRemoving(address)}
              >
                {t('mail.remove')}
              </AdminButton>
            </li>
          ))}
        </ul>
      )}
      {removing !== undefined && <RemoveAddress address={removing} onClose={() => setRemoving(undefined)} />}
      <Form isPending={put.isPending} onSubmit={add}>
        <TextField
          label={t('mail.address')}
          type="email"
          value={email}
          onChange={type}
          lengthMax={254}
          problem={problem}
          isRequired
        />
        {put.error !== null && problem === undefined && <ErrorState error={put.error} />}
        <AdminButton type="submit" isPending={put.isPending}>
          {t('mail.add')}
        </AdminButton>
      </Form>
      <Choice
        label={t('mail.language')}
        value={settings.language}
        isDisabled={!mayChange}
        onChange={(language) =>
          save(
            () => ({ language }),
            () => say(t('mail.languageSaved')),
          )
        }
        options={{ en: 'English', ja: '日本語' }}
      />
    </>
  )
}

function RemoveAddress({ address, onClose }: { readonly address: string; readonly onClose: () => void }) {
  const { t } = useTranslation('notifications')
  const say = useSay()
  const put = useChangeSettings()
  const remove = () =>
    put.mutate((before) => ({ ...before, emails: before.emails.filter((other) => other !== address) }), {
      onSuccess: () => {
        say(t('mail.removed', { email: address }))
        onClose()
      },
    })
  return (
    <Removal
      title={t('mail.removeAsk', { email: address })}
      detail={t('mail.removeDetail')}
      isPending={put.isPending}
      error={put.error}
      onRemove={remove}
      onClose={onClose}
    />
  )
}

function emailProblem(error: unknown): string | undefined {
  if (!(error instanceof Problem)) return undefined
  return error.errors.find(({ pointer }) => pointer.startsWith('/emails'))?.message
}
