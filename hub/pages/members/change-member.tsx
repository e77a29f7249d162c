import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWrite } from '../../api/queries.ts'
import { Button } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { useSay } from '../../layout/messages.tsx'
import { useTeamId } from '../../session/session-context.ts'
import { type Member, roleNames } from './roles.ts'
import { useChangeRole } from './use-change-role.ts'

export interface ChangeMemberProps {
  readonly member: Member
  readonly onClose: () => void
}

/** Changes a member's role or removes the member. A refusal (the last admin) is shown in the dialog. */
export function ChangeMember({ member, onClose }: ChangeMemberProps) {
  const { t } = useTranslation('members')
  const { t: layout } = useTranslation('layout')
  const say = useSay()
  const put = useChangeRole()
  const remove = useWrite('removeMember')
  const [role, setRole] = useState(member.role)
  const { memberId, email } = member
  const params = { teamId: useTeamId(), memberId }
  const error = put.error ?? remove.error

  const done = (text: string) => () => {
    say(text)
    onClose()
  }
  const save = () => {
    remove.reset()
    put.mutate({ memberId, role }, { onSuccess: done(t('change.saved', { email })) })
  }
  const drop = () => {
    put.reset()
    remove.mutate({ params }, { onSuccess: done(t('change.removed', { email })) })
  }
  return (
    <Dialog title={email} isOpen onClose={onClose}>
      <Choice label={t('role')} value={role} onChange={setRole} options={roleNames(layout)} />
      <p>{t('change.detail')}</p>
      {error !== null && <ErrorState error={error} />}
      <div className="buttons">
        <Button look="primary" onPress={save} isPending={put.isPending} isDisabled={role === member.role}>
          {t('change.save')}
        </Button>
        <Button look="danger" onPress={drop} isPending={remove.isPending}>
          {t('change.remove')}
        </Button>
        <Button look="quiet" onPress={onClose}>
          {t('change.cancel')}
        </Button>
      </div>
    </Dialog>
  )
}
