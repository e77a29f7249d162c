import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonCharsMax } from '../../../contract/reason.ts'
import { isPassing } from '../../api/problem.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Form } from '../../components/form.tsx'
import { TextField } from '../../components/text-field.tsx'
import { useSay } from '../../layout/messages.tsx'
import { useTeamId } from '../../session/session-context.ts'
import { type Effect, EffectTable } from './effect.tsx'

const retriesMax = 2

/** The parts of an act's call that its dialog decides. */
export interface Asked {
  readonly reason: string
  readonly preview: 'true' | 'false'
}

export interface ActDialogProps {
  readonly title: string
  readonly detail?: ReactNode
  /** The button that does it. */
  readonly confirm: string
  /** The message after it is done. */
  readonly done: string
  /** True: the operator types the team's id first. */
  readonly isDangerous?: boolean
  /** False while the form lacks something. Default: true. */
  readonly isReady?: boolean
  /** Sends the call. It may be sent again, because each act has an id or sets a state. */
  readonly run: (asked: Asked) => Promise<{ readonly effect?: Effect | undefined } | undefined>
  readonly onClose: () => void
  /** The fields besides the reason. */
  readonly children?: ReactNode
}

/** An act in two steps: a form with a reason, then its effect, which must have been seen before the act is done. */
export function ActDialog(props: ActDialogProps) {
  const { title, detail, isReady = true, run, onClose, children } = props
  const { t } = useTranslation('ops-team')
  const [reason, setReason] = useState('')
  const asked = { reason: reason.trim() }
  const preview = useMutation({ mutationFn: () => run({ ...asked, preview: 'true' }) })
  const effect = preview.data?.effect
  if (effect !== undefined) {
    const act = () => run({ ...asked, preview: 'false' })
    return (
      <Dialog title={title} isOpen onClose={onClose}>
        <Confirmation {...props} effect={effect} act={act} onBack={() => preview.reset()} />
      </Dialog>
    )
  }
  const isComplete = isReady && asked.reason !== ''
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      {detail}
      <Form isPending={preview.isPending} onSubmit={() => isComplete && preview.mutate()}>
        {children}
        <TextField
          label={t('act.reason')}
          hint={t('act.reasonHint')}
          value={reason}
          onChange={setReason}
          lengthMax={reasonCharsMax}
          isRequired
        />
        {preview.error !== null && <ErrorState error={preview.error} />}
        <div className="buttons">
          <Button type="submit" look="primary" isDisabled={!isComplete} isPending={preview.isPending}>
            {t('act.preview')}
          </Button>
          <Button look="quiet" onPress={onClose}>
            {t('act.cancel')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}

interface ConfirmationProps extends ActDialogProps {
  readonly effect: Effect
  readonly act: () => Promise<unknown>
  readonly onBack: () => void
}

function Confirmation(props: ConfirmationProps) {
  const { confirm, done, isDangerous = false, onClose, effect, act, onBack } = props
  const { t } = useTranslation('ops-team')
  const teamId = useTeamId()
  const [typed, setTyped] = useState('')
  const send = useAct(act, { done, onClose })
  const isAllowed = !isDangerous || typed.trim() === teamId
  return (
    <>
      <SeenEffect effect={effect} />
      <Form isPending={send.isPending} onSubmit={() => isAllowed && send.mutate()}>
        {isDangerous && (
          <TextField label={t('act.typeId', { id: teamId })} value={typed} onChange={setTyped} isRequired />
        )}
        {send.error !== null && <ErrorState error={send.error} />}
        <div className="buttons">
          <Button
            type="submit"
            look={isDangerous ? 'danger' : 'primary'}
            isDisabled={!isAllowed}
            isPending={send.isPending}
          >
            {confirm}
          </Button>
          <Button look="quiet" onPress={onBack}>
            {t('act.back')}
          </Button>
        </div>
      </Form>
    </>
  )
}

/** The effect takes the focus from the form, so that the enter key does nothing until it is read. */
function SeenEffect({ effect }: { readonly effect: Effect }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <div ref={box} tabIndex={-1} className="act-effect">
      <EffectTable effect={effect} />
    </div>
  )
}

function useAct(act: () => Promise<unknown>, { done, onClose }: Pick<ActDialogProps, 'done' | 'onClose'>) {
  const queries = useQueryClient()
  const say = useSay()
  return useMutation({
    mutationFn: act,
    retry: (failures, error) => failures < retriesMax && isPassing(error),
    onSuccess: async () => {
      await queries.invalidateQueries()
      say(done)
      onClose()
    },
    onError: () => void queries.invalidateQueries(),
  })
}
