import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../api/problem.ts'
import { useWrite } from '../../api/queries.ts'
import { AdminButton } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Form } from '../../components/form.tsx'
import { TextField } from '../../components/text-field.tsx'
import { useSay } from '../../layout/messages.tsx'
import { useTeamId } from '../../session/session-context.ts'
import { type Role, roleNames } from './roles.ts'

/** Adds a person by e-mail address. Each form has one id, so a retry after a lost answer adds nobody twice. */
export function AddMember() {
  const { t } = useTranslation('members')
  const { t: layout } = useTranslation('layout')
  const teamId = useTeamId()
  const say = useSay()
  const add = useWrite('putMember')
  const [memberId, setMemberId] = useState(newId)
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('developer')

  const type = (typed: string) => {
    setEmail(typed)
    if (!add.isPending) add.reset()
  }
  const submit = () => {
    add.mutate(
      { params: { teamId, memberId }, body: { email: email.trim(), role } },
      {
        onSuccess: (member) => {
          say(t('add.done', { email: member.email }))
          setMemberId(newId())
          setEmail((typed) => (typed === email ? '' : typed))
        },
      },
    )
  }
  return (
    <Form isPending={add.isPending} onSubmit={submit}>
      <p>{t('add.detail')}</p>
      <TextField
        label={t('email')}
        type="email"
        value={email}
        onChange={type}
        lengthMax={254}
        problem={emailProblem(add.error)}
        isRequired
      />
      <Choice label={t('role')} value={role} onChange={setRole} options={roleNames(layout)} />
      {add.error !== null && emailProblem(add.error) === undefined && <ErrorState error={add.error} />}
      <AdminButton look="primary" type="submit" isPending={add.isPending}>
        {add.isPending ? t('add.pending') : t('add.submit')}
      </AdminButton>
    </Form>
  )
}

const newId = () => `member-${crypto.randomUUID()}`

function emailProblem(error: unknown): string | undefined {
  if (!(error instanceof Problem)) return undefined
  if (error.code === 'MEMBER_EXISTS') return error.detail
  return error.errors.find(({ pointer }) => pointer === '/email')?.message
}
