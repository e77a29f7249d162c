import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../api/problem.ts'
import { useWrite } from '../../api/queries.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Form } from '../../components/form.tsx'
import { TextField } from '../../components/text-field.tsx'
import { useSay } from '../../layout/messages.tsx'
import { useTeamId } from '../../session/session-context.ts'

export interface HubDialogProps {
  /** The current name of the hub. Absent: there is no hub yet. */
  readonly hubName: string | undefined
  readonly isOpen: boolean
  readonly onClose: () => void
}

const nameCharsMax = 100

/** Names the developer hub. The first name creates it. */
export function HubDialog({ hubName, isOpen, onClose }: HubDialogProps) {
  const { t } = useTranslation('apps')
  const title = hubName === undefined ? t('hub.create') : t('hub.rename')
  return (
    <Dialog {...{ title, isOpen, onClose }}>
      <HubForm hubName={hubName} onClose={onClose} />
    </Dialog>
  )
}

function HubForm({ hubName = '', onClose }: Pick<HubDialogProps, 'hubName' | 'onClose'>) {
  const { t } = useTranslation('apps')
  const say = useSay()
  const teamId = useTeamId()
  const write = useWrite('createHub')
  const [name, setName] = useState(hubName)
  const problem =
    write.error instanceof Problem
      ? write.error.errors.find(({ pointer }) => pointer === '/name')?.message
      : undefined
  const save = () => {
    const said = () => {
      say(t('hub.named', { name }))
      onClose()
    }
    write.mutate({ params: { teamId }, body: { name } }, { onSuccess: said })
  }
  return (
    <Form isPending={write.isPending} onSubmit={save}>
      <TextField
        label={t('hub.name')}
        hint={t('hub.hint')}
        value={name}
        onChange={setName}
        problem={problem}
        lengthMax={nameCharsMax}
        isRequired
      />
      {write.error !== null && problem === undefined && <ErrorState error={write.error} />}
      <div className="buttons">
        <Button type="submit" look="primary" isPending={write.isPending} isDisabled={name.trim() === ''}>
          {write.isPending ? t('working') : t('hub.save')}
        </Button>
        <Button onPress={onClose}>{t('cancel')}</Button>
      </div>
    </Form>
  )
}
