import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { useSay } from '../../layout/messages.tsx'
import { RemoveMember } from './remove-member.tsx'
import { type Member, roleNames } from './roles.ts'
import { useChangeRole } from './use-change-role.ts'

export interface ChangeMemberProps {
  readonly member: Member
  readonly onClose: () => void
}

/** Changes a member's role, or leads to the removal. A refusal (the last admin) is shown in the dialog. */
export function ChangeMember({ member, onClose }: ChangeMemberProps) {
  const { t } = useTranslation('members')
  const { t: layout } = useTranslation('layout')
  const say = useSay()
  const put = useChangeRole()
  const [isRemoving, setRemoving] = useState(false)
  const [role, setRole] = useState(member.role)
  const { memberId, email } = member

  const done = () => {
    say(t('change.saved', { email }))
    onClose()
  }
  const save = () => put.mutate({ memberId, role }, { onSuccess: done })
  if (isRemoving) return <RemoveMember member={member} onClose={onClose} />
  return (
    <Dialog title={email} isOpen onClose={onClose}>
      <Choice label={t('role')} value={role} onChange={setRole} options={roleNames(layout)} />
      <p>{t('change.detail')}</p>
      {put.error !== null && <ErrorState error={put.error} />}
      <div className="buttons">
        <Button look="primary" onPress={save} isPending={put.isPending} isDisabled={role === member.role}>
          {t('change.save')}
        </Button>
        <Button look="danger" onPress={() => setRemoving(true)}>
          {t('change.remove')}
        </Button>
        <Button look="quiet" onPress={onClose}>
          {t('change.cancel')}
        </Button>
      </div>
    </Dialog>
  )
}
