import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { periodOf, previousPeriod } from '../../../core/time/time.ts'
import type { Body } from '../../api/client.ts'
import { Button } from '../../components/button.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Form } from '../../components/form.tsx'
import { Select } from '../../components/select.tsx'
import { Table } from '../../components/table.tsx'
import { TextField } from '../../components/text-field.tsx'
import { pathOf } from '../../paths.ts'
import { useClient } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'
import { type Measured, measure, nothingMeasured, type Sums, teamsMax } from './measured.ts'

export interface MeasureProps {
  readonly meters: Body<'previewRateCard'>['meters']
  readonly now: string
}

/** The months before the current one that can be measured. */
const monthsMax = 12

/** Prices a past month under the new rows, for one team or for all. */
export function Measure({ meters, now }: MeasureProps) {
  const { t } = useTranslation('ops-catalog')
  const format = useFormat()
  const months = monthsBefore(now)
  const [month, setMonth] = useState(months[0] ?? '')
  const [teamId, setTeamId] = useState('')
  const { measured, isRunning, error, start, stop } = useMeasuring()
  return (
    <section className="measure" aria-label={t('measure.title')}>
      <h4>{t('measure.title')}</h4>
      <p>{t('measure.detail', { max: format.number(teamsMax) })}</p>
      <Form isPending={isRunning} onSubmit={() => start({ month, meters }, teamId.trim() || undefined)}>
        <Select
          label={t('measure.month')}
          value={month}
          onChange={setMonth}
          options={months.map((each) => ({ value: each, text: format.period(each) }))}
        />
        <TextField
          label={t('measure.team')}
          hint={t('measure.teamHint')}
          value={teamId}
          onChange={setTeamId}
        />
        <div className="buttons">
          <Button type="submit" isPending={isRunning}>
            {t('measure.start')}
          </Button>
          {isRunning && <Button onPress={stop}>{t('measure.stop')}</Button>}
        </div>
      </Form>
      {error !== undefined && <ErrorState error={error} />}
      {measured !== undefined && <Result measured={measured} isRunning={isRunning} />}
    </section>
  )
}

/** One measurement at a time. It ends with the page. */
function useMeasuring() {
  const client = useClient()
  const running = useRef<AbortController>(null)
  const [measured, setMeasured] = useState<Measured>()
  const [isRunning, setRunning] = useState(false)
  const [error, setError] = useState<unknown>()
  useEffect(() => () => running.current?.abort(), [])
  const start = (body: Body<'previewRateCard'>, teamId: string | undefined) => {
    const controller = new AbortController()
    running.current = controller
    setMeasured(nothingMeasured)
    setError(undefined)
    setRunning(true)
    const asked = { body, teamId, signal: controller.signal, onProgress: setMeasured }
    void measure(client, asked)
      .catch((cause) => {
        if (!controller.signal.aborted) setError(cause)
      })
      .finally(() => setRunning(false))
  }
  return { measured, isRunning, error, start, stop: () => running.current?.abort() }
}

function Result({ measured, isRunning }: { readonly measured: Measured; readonly isRunning: boolean }) {
  const { t } = useTranslation('ops-catalog')
  const format = useFormat()
  const { teams, changed, sums, largest, isComplete } = measured
  const count = { teams: format.number(teams), changed: format.number(changed) }
  const state = isRunning ? 'running' : isComplete ? 'complete' : 'partial'
  const columns = [
    { name: t('measure.of') },
    { name: t('measure.tokensBefore'), isNumber: true },
    { name: t('measure.tokensAfter'), isNumber: true },
    { name: t('measure.usdBefore'), isNumber: true },
    { name: t('measure.usdAfter'), isNumber: true },
  ]
  return (
    <>
      <p role="status">
        <strong>{t(`measure.${state}`, count)}</strong>
      </p>
      <Table label={t('measure.title')} columns={columns}>
        <tr>
          <th scope="row">{t('measure.sum', count)}</th>
          <Amounts sums={sums} />
        </tr>
        {largest.map((change) => (
          <tr key={change.teamId}>
            <th scope="row">
              <Link className="id" href={pathOf(change.teamId, 'usage')}>
                {change.teamId}
              </Link>
              {change.isRefusalChanged && <small> {t('measure.refusals')}</small>}
            </th>
            <Amounts sums={change} />
          </tr>
        ))}
      </Table>
      <small>{t('measure.note')}</small>
    </>
  )
}

function Amounts({ sums }: { readonly sums: Sums }) {
  const format = useFormat()
  return (
    <>
      <td className="number">{format.tokens(sums.milliTokensBefore / 1_000)}</td>
      <td className="number">{format.tokens(sums.milliTokensAfter / 1_000)}</td>
      <td className="number">{format.usd(sums.usdCentsBefore)}</td>
      <td className="number">{format.usd(sums.usdCentsAfter)}</td>
    </>
  )
}

function monthsBefore(now: string): readonly string[] {
  const months = [previousPeriod(periodOf(Date.parse(now)))]
  for (let last = months[0]; last !== undefined && months.length < monthsMax; ) {
    last = previousPeriod(last)
    months.push(last)
  }
  return months
}
