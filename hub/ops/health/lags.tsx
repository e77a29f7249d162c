import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Badge } from '../../components/badge.tsx'
import { Button } from '../../components/button.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Table } from '../../components/table.tsx'
import { useFormat } from '../../use-format.ts'
import { teamPathOf } from '../paths.ts'
import { type Examination, type Lag, useLags } from './use-lags.ts'

/** The readers of all teams, examined on request, with their progress. */
export function Lags() {
  const { t } = useTranslation('ops-health')
  const { examination, start, stop } = useLags()
  const { state, error, lags, found } = examination
  return (
    <>
      <p>{t('lags.detail')}</p>
      <div className="buttons">
        {state === 'running' ? (
          <Button onPress={stop}>{t('lags.stop')}</Button>
        ) : (
          <Button onPress={start}>{state === 'idle' ? t('lags.start') : t('lags.again')}</Button>
        )}
      </div>
      <Progress examination={examination} />
      {error !== undefined && <ErrorState error={error} onRetry={start} />}
      {lags.length > 0 && <LagTable lags={lags} />}
      {found > lags.length && <p>{t('lags.first', { count: lags.length })}</p>}
    </>
  )
}

function Progress({ examination: { state, examined, found } }: { readonly examination: Examination }) {
  const { t } = useTranslation('ops-health')
  const format = useFormat()
  if (state === 'idle' || state === 'failed') return null
  const facts = { count: found, examined: format.number(examined) }
  return (
    <p role="status" className="summary">
      {state === 'done' && found === 0 ? (
        <Badge tone="good">{t('lags.good', facts)}</Badge>
      ) : (
        t(`lags.${state}`, facts)
      )}
    </p>
  )
}

function LagTable({ lags }: { readonly lags: readonly Lag[] }) {
  const { t } = useTranslation('ops-health')
  const format = useFormat()
  const columns = [
    { name: t('lags.team') },
    { name: t('lags.reader') },
    { name: t('lags.entries'), isNumber: true },
  ]
  return (
    <Table label={t('lags.title')} columns={columns}>
      {lags.map(({ teamId, reader, entries, isHalted }) => (
        <tr key={`${teamId} ${reader}`}>
          <th scope="row">
            <Link href={teamPathOf(teamId)} className="id">
              {teamId}
            </Link>
          </th>
          <td>
            {t(`check.${reader}`)} {isHalted && <Badge tone="bad">{t('lags.halted')}</Badge>}
          </td>
          <td className="number">{isHalted ? '–' : format.number(entries)}</td>
        </tr>
      ))}
    </Table>
  )
}
