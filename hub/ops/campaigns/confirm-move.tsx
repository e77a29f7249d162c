import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer, Body } from '../../api/client.ts'
import { isStale } from '../../api/problem.ts'
import { useAnswer, useWrite } from '../../api/queries.ts'
import { Button } from '../../components/button.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Form } from '../../components/form.tsx'
import { Notice } from '../../components/notice.tsx'
import { TextField } from '../../components/text-field.tsx'
import { View } from '../../components/view.tsx'
import { useSay } from '../../layout/messages.tsx'
import { useFormat } from '../../use-format.ts'
import { lastDayOf } from './deadline.ts'
import { StepTable } from './steps.tsx'

/** A change that an operator has asked for, with the tag of the campaign that it was based on. */
export interface Move {
  readonly campaignId: string
  readonly from: string
  readonly body: Body<'putCampaign'>
  readonly etag: string | undefined
}

export interface ConfirmMoveProps {
  readonly move: Move
  readonly onBack: () => void
  readonly onDone: () => void
}

/** The consequences of a moved deadline, and its confirmation by the campaign's id. */
export function ConfirmMove({ move, onBack, onDone }: ConfirmMoveProps) {
  const { t } = useTranslation('ops-campaigns')
  const format = useFormat()
  const say = useSay()
  const { campaignId, body, etag } = move
  const given = { params: { campaignId }, body, ifMatch: etag }
  const preview = useAnswer('putCampaign', { ...given, query: { preview: 'true' } })
  const write = useWrite('putCampaign')
  const [typed, setTyped] = useState('')
  const [isTried, setTried] = useState(false)
  const send = () => {
    setTried(true)
    if (typed.trim() !== campaignId || preview.data === undefined) return
    const day = format.day(lastDayOf(body.deadlineAt))
    void write.mutateAsync(given).then(
      () => {
        say(t('move.done', { day }))
        onDone()
      },
      () => undefined,
    )
  }
  return (
    <Form isPending={write.isPending} onSubmit={send}>
      <View query={preview}>
        {(answer) => answer.preview && <Consequences preview={answer.preview} move={move} />}
      </View>
      {write.error !== null && <ErrorState error={write.error} />}
      {(isStale(write.error) || isStale(preview.error)) && <p>{t('move.stale')}</p>}
      <TextField
        label={t('move.confirm', { id: campaignId })}
        value={typed}
        onChange={setTyped}
        isRequired
        problem={isTried && typed.trim() !== campaignId ? t('move.mistyped') : undefined}
      />
      <div className="buttons">
        <Button
          type="submit"
          look="danger"
          isPending={write.isPending}
          isDisabled={preview.data === undefined}
        >
          {t('move.move')}
        </Button>
        <Button look="quiet" onPress={onBack}>
          {t('move.back')}
        </Button>
      </div>
    </Form>
  )
}

interface ConsequencesProps {
  readonly preview: NonNullable<Answer<'putCampaign'>['preview']>
  readonly move: Move
}

const tones = {
  'stops-now': 'bad',
  'stops-later': 'warn',
  resumes: 'plain',
  'stays-stopped': 'plain',
} as const

function Consequences({ preview, move }: ConsequencesProps) {
  const { t } = useTranslation('ops-campaigns')
  const format = useFormat()
  const { effect, stopsAt, open, steps, dropped } = preview
  const isOther = Date.parse(stopsAt) !== Date.parse(move.body.deadlineAt)
  const counts = t('move.affected', {
    teams: format.number(open.teams),
    noPlan: format.number(open.teamsWithoutPlan),
    apps: format.number(open.appsNotInHub),
  })
  return (
    <>
      <p>{t('move.moves', { from: format.utc(move.from), to: format.utc(move.body.deadlineAt) })}</p>
      <Notice
        title={t(`move.effect.${effect}`, { at: format.instant(stopsAt) })}
        level={3}
        tone={tones[effect]}
      >
        <p>{counts}</p>
        {isOther && <p>{t('move.other', { at: format.instant(stopsAt) })}</p>}
      </Notice>
      <h3>{t('move.stepsAfter')}</h3>
      <StepTable steps={steps} />
      {dropped.length > 0 && (
        <p>
          {t('move.dropped')}{' '}
          {dropped
            .map(
              ({ notice, scheduledAt }) => `${t(`steps.notice.${notice}`)} (${format.instant(scheduledAt)})`,
            )
            .join(', ')}
        </p>
      )}
    </>
  )
}
