import { useRef, useState } from 'react'
import { Label } from 'react-aria-components/Label'
import { Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components/Slider'
import { useTranslation } from 'react-i18next'
import { dayMs, hourMs } from '../../core/time/time.ts'
import { useAnswer } from '../api/queries.ts'
import { Button } from '../components/button.tsx'
import { ErrorState } from '../components/error-state.tsx'
import { useSay } from '../layout/messages.tsx'
import { useOffer } from '../meters.ts'
import { useTeamIdIfAny } from '../session/session-context.ts'
import { useFormat } from '../use-format.ts'
import { type Mark, marksAhead } from './marks.ts'
import { useMoveClock } from './test-clock.ts'

const daysShownMin = 100

export interface MoveClockProps {
  readonly now: string
  readonly isStanding: boolean
}

/**
 * A slider over the coming months, with marks for future events. Time moves only forward, so a button confirms the move.
 */
export function MoveClock({ now, isStanding }: MoveClockProps) {
  const { t } = useTranslation('time')
  const format = useFormat()
  const say = useSay()
  const move = useMoveClock()
  const { data: offer } = useOffer()
  const { data: balance } = useBalanceIfAny()
  const from = Date.parse(now)
  const marks = marksAhead(now, offer, balance)
  const [chosen, setChosen] = useState<number>()
  const thumb = useRef<HTMLInputElement>(null)
  const until = Math.max(from + daysShownMin * dayMs, ...marks.map(({ at }) => Date.parse(at)))
  const value = Math.min(Math.max(chosen ?? from, from), until)
  const write = (instant: number) => format.instant(new Date(instant).toISOString())

  const go = () =>
    move.mutate(new Date(value).toISOString(), {
      onSuccess: ({ now: shown }) => {
        say(t('moved', { at: format.instant(shown) }))
        // The pressed button is disabled until another instant is chosen.
        thumb.current?.focus()
      },
    })
  return (
    <div className="move">
      <Slider value={value} onChange={setChosen} minValue={from} maxValue={until} step={hourMs}>
        <Label>{t('slider')}</Label>
        <SliderOutput>{write(value)}</SliderOutput>
        <SliderTrack>
          {/* React Aria places the thumb; the marks are drawn to the same scale. */}
          <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect y="4" width="100" height="2" />
            {marks.map(({ kind, at }) => (
              <rect
                key={`${kind} ${at}`}
                className={kind}
                x={((Date.parse(at) - from) / (until - from)) * 99.7}
                width="0.3"
                height="10"
              />
            ))}
          </svg>
          <SliderThumb inputRef={thumb} aria-valuetext={write(value)} />
        </SliderTrack>
      </Slider>
      <Marks marks={marks} onChoose={(at) => setChosen(Date.parse(at))} />
      {!isStanding && <p>{t('running')}</p>}
      <p>{t('forward')}</p>
      {move.error !== null && <ErrorState error={move.error} />}
      <Button look="primary" onPress={go} isDisabled={value <= from} isPending={move.isPending}>
        {move.isPending ? t('moving') : t('move', { at: write(value) })}
      </Button>
    </div>
  )
}

interface MarksProps {
  readonly marks: readonly Mark[]
  readonly onChoose: (at: string) => void
}

function Marks({ marks, onChoose }: MarksProps) {
  const { t } = useTranslation('time')
  const format = useFormat()
  return (
    <ul className="marks" aria-label={t('marks')}>
      {marks.map(({ kind, at }) => (
        <li key={`${kind} ${at}`}>
          <Button onPress={() => onChoose(at)}>
            <span className={`dot ${kind}`} />
            {t(`mark.${kind}`)} {format.instant(at)}
          </Button>
        </li>
      ))}
    </ul>
  )
}

/** The balance of the page's team; undefined outside of a team. */
function useBalanceIfAny() {
  const teamId = useTeamIdIfAny()
  return useAnswer('getBalance', { params: { teamId: teamId ?? '' } }, { isAsked: teamId !== undefined })
}
