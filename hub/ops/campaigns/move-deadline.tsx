import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonCharsMax } from '../../../contract/reason.ts'
import { Button } from '../../components/button.tsx'
import { Checkbox } from '../../components/checkbox.tsx'
import { DayField } from '../../components/day-field.tsx'
import { Form } from '../../components/form.tsx'
import { Panel } from '../../components/panel.tsx'
import { TextField } from '../../components/text-field.tsx'
import { useTimeZone } from '../../time-zone.ts'
import { useFormat } from '../../use-format.ts'
import { Changes } from './changes.tsx'
import { ConfirmMove, type Move } from './confirm-move.tsx'
import { deadlineOf, lastDayOf, moveReminders } from './deadline.ts'
import { type CampaignRead, useNow } from './use-campaign.ts'

/** Moves the deadline in two steps: the new instant with a reason, then its consequences and the confirmation. */
export function MoveDeadline({ read }: { readonly read: CampaignRead }) {
  const { t } = useTranslation('ops-campaigns')
  const [move, setMove] = useState<Move>()
  const [moves, setMoves] = useState(0)
  const done = () => {
    setMove(undefined)
    setMoves(moves + 1)
  }
  return (
    <>
      <Panel title={t('move.title')}>
        {move === undefined ? (
          <MoveForm key={moves} read={read} onAsk={setMove} />
        ) : (
          <ConfirmMove move={move} onBack={() => setMove(undefined)} onDone={done} />
        )}
      </Panel>
      <Changes changes={read.answer.changes} />
    </>
  )
}

interface MoveFormProps {
  readonly read: CampaignRead
  readonly onAsk: (move: Move) => void
}

function MoveForm({ read: { answer, etag }, onAsk }: MoveFormProps) {
  const { t } = useTranslation('ops-campaigns')
  const { campaignId, opensAt, deadlineAt, remindAt } = answer
  const now = useNow()
  const [day, setDay] = useState(deadlineAt.slice(0, 10))
  const [time, setTime] = useState(deadlineAt.slice(11, 16))
  const [areMoved, setMoved] = useState(true)
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const next = deadlineOf(day, time.trim())
  const isSame = next !== undefined && Date.parse(next) === Date.parse(deadlineAt)
  const hasComing = now !== undefined && remindAt.some((at) => Date.parse(at) > Date.parse(now))
  const ask = () => {
    setTried(true)
    if (next === undefined || isSame || reason.trim() === '' || now === undefined) return
    const reminders = areMoved ? moveReminders(remindAt, { from: deadlineAt, to: next }, now) : remindAt
    const body = { opensAt, deadlineAt: next, remindAt: [...reminders], reason: reason.trim() }
    onAsk({ campaignId, from: deadlineAt, body, etag })
  }
  return (
    <Form isPending={false} onSubmit={ask}>
      <p>{t('move.detail')}</p>
      <DayField label={t('move.day')} value={day} today={now?.slice(0, 10)} onChange={setDay} isRequired />
      <TextField
        label={t('move.time')}
        value={time}
        onChange={setTime}
        hint={t('move.timeHint')}
        problem={isTried && next === undefined ? t('move.timeProblem') : undefined}
      />
      {next !== undefined && <Meaning deadlineAt={next} />}
      {isTried && isSame && <p role="alert">{t('move.same')}</p>}
      {hasComing && (
        <Checkbox isSelected={areMoved} onChange={setMoved}>
          {t('move.reminders')}
        </Checkbox>
      )}
      <TextField
        label={t('reason')}
        hint={t('move.reasonHint')}
        value={reason}
        onChange={setReason}
        lengthMax={reasonCharsMax}
        isRequired
        problem={isTried && reason.trim() === '' ? t('reasonMissing') : undefined}
      />
      <div className="buttons">
        <Button type="submit" look="primary">
          {t('move.preview')}
        </Button>
      </div>
    </Form>
  )
}

/** The deadline in words: the last day on which all apps work, and the first refusal in UTC and in the reader's zone. */
export function Meaning({ deadlineAt }: { readonly deadlineAt: string }) {
  const { t } = useTranslation('ops-campaigns')
  const format = useFormat()
  const zone = useTimeZone()
  const local = zone === 'UTC' ? '' : ` (${format.instant(deadlineAt)}, ${zone})`
  return (
    <p className="meaning">
      <strong>{t('move.lastDay', { day: format.day(lastDayOf(deadlineAt)) })}</strong>{' '}
      {t('move.from', { at: `${format.utc(deadlineAt)}${local}` })}
    </p>
  )
}
