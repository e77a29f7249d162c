import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonCharsMax } from '../../../contract/reason.ts'
import type { Answer } from '../../api/client.ts'
import { useWrite } from '../../api/queries.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Form } from '../../components/form.tsx'
import { TextField } from '../../components/text-field.tsx'

/** The API's longest reason. */

export interface RedriveDialogProps {
  readonly queue: string
  readonly onDone: (result: Answer<'redriveDeadLetters'>) => void
  readonly onClose: () => void
}

/** Asks for a reason, and for the queue's name, before work is repeated. */
export function RedriveDialog({ queue, onDone, onClose }: RedriveDialogProps) {
  const { t } = useTranslation('ops-health')
  const redrive = useWrite('redriveDeadLetters')
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState('')
  const isReady = typed.trim() === queue && reason.trim() !== ''
  const send = () => {
    if (!isReady) return
    redrive.mutate(
      { query: { preview: 'false' }, body: { queue, reason: reason.trim() } },
      {
        onSuccess: (result) => {
          onDone(result)
          onClose()
        },
      },
    )
  }
  return (
    <Dialog title={t('redrive.title')} isOpen onClose={onClose}>
      <p>{t('redrive.detail')}</p>
      <Form isPending={redrive.isPending} onSubmit={send}>
        <TextField
          label={t('redrive.reason')}
          hint={t('redrive.reasonHint')}
          value={reason}
          onChange={setReason}
          isRequired
          lengthMax={reasonCharsMax}
        />
        <TextField
          label={t('redrive.typed')}
          hint={t('redrive.typedHint', { queue })}
          value={typed}
          onChange={setTyped}
          isRequired
        />
        {redrive.error !== null && <ErrorState error={redrive.error} />}
        <div className="buttons">
          <Button look="danger" type="submit" isDisabled={!isReady} isPending={redrive.isPending}>
            {t('redrive.send')}
          </Button>
          <Button look="quiet" onPress={onClose}>
            {t('redrive.cancel')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
