import { useTranslation } from 'react-i18next'
import { useWrite } from '../../api/queries.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { useSay } from '../../layout/messages.tsx'
import { useTeamId } from '../../session/session-context.ts'
import type { Member } from './roles.ts'

export interface RemoveMemberProps {
  readonly member: Member
  readonly onClose: () => void
}

/** Asks before a person is removed, by name. It stays open until that is done, and shows a refusal (the last admin). */
export function RemoveMember({ member: { memberId, email }, onClose }: RemoveMemberProps) {
  const { t } = useTranslation('members')
  const say = useSay()
  const remove = useWrite('removeMember')
  const params = { teamId: useTeamId(), memberId }
  const send = () =>
    remove.mutate(
      { params },
      {
        onSuccess: () => {
          say(t('change.removed', { email }))
          onClose()
        },
      },
    )
  return (
    <Dialog title={t('removal.title', { email })} isOpen onClose={onClose}>
      <p>{t('removal.detail')}</p>
      {remove.error !== null && <ErrorState error={remove.error} />}
      <div className="buttons">
        <Button look="danger" onPress={send} isPending={remove.isPending}>
          {t('removal.remove')}
        </Button>
        <Button look="quiet" onPress={onClose}>
          {t('removal.keep')}
        </Button>
      </div>
    </Dialog>
  )
}
