import { useTranslation } from 'react-i18next'
import type { Answer } from '../../api/client.ts'
import { Badge } from '../../components/badge.tsx'
import { Instant } from '../../components/instant.tsx'
import { Table } from '../../components/table.tsx'
import { useFormat } from '../../use-format.ts'
import { RunbookLink } from './runbook-link.tsx'

type Health = Answer<'getHealth'>
type Check = Health['checks'][number]

export interface ChecksTableProps {
  readonly health: Health
  /** Number of dead letters; undefined until it is known. */
  readonly messages: number | undefined
}

/** A row for each kind of pending work: its state, how much waits since when, and the runbook. */
export function ChecksTable({ health: { checks, examinedTeams, runbookUrl }, messages }: ChecksTableProps) {
  const { t } = useTranslation('ops-health')
  const columns = [
    { name: t('checks.check') },
    { name: t('checks.state') },
    { name: t('checks.waiting'), isNumber: true },
    { name: t('checks.since') },
    { name: t('checks.runbook') },
  ]
  const bad = checks.filter(({ state }) => state === 'attention').length + ((messages ?? 0) > 0 ? 1 : 0)
  return (
    <>
      <p role="status" className="summary">
        <Badge tone={bad === 0 ? 'good' : 'bad'}>
          {bad === 0 ? t('checks.allGood') : t('checks.summary', { count: bad })}
        </Badge>
      </p>
      <Table label={t('checks.title')} columns={columns}>
        {checks.map((check) => (
          <CheckRow key={check.check} check={check} runbookUrl={runbookUrl} />
        ))}
        {messages !== undefined && <DeadLetterRow messages={messages} runbookUrl={runbookUrl} />}
      </Table>
      <small>{t('checks.examined', { count: examinedTeams })}</small>
    </>
  )
}

interface CheckRowProps {
  readonly check: Check
  readonly runbookUrl: string | undefined
}

function CheckRow({ check: { check, state, waiting, isMore, since, alarm }, runbookUrl }: CheckRowProps) {
  const { t } = useTranslation('ops-health')
  const format = useFormat()
  const number = format.number(waiting)
  return (
    <tr>
      <th scope="row">{t(`check.${check}`)}</th>
      <td>
        <State isGood={state === 'good'} />
      </td>
      <td className="number">{isMore ? t('checks.orMore', { number }) : number}</td>
      <td>{since === undefined ? '–' : <Instant at={since} />}</td>
      <td>
        <RunbookLink section={alarm} runbookUrl={runbookUrl} />
      </td>
    </tr>
  )
}

interface DeadLetterRowProps {
  readonly messages: number
  readonly runbookUrl: string | undefined
}

function DeadLetterRow({ messages, runbookUrl }: DeadLetterRowProps) {
  const { t } = useTranslation('ops-health')
  const format = useFormat()
  return (
    <tr>
      <th scope="row">{t('letters.title')}</th>
      <td>
        <State isGood={messages === 0} />
      </td>
      <td className="number">{format.number(messages)}</td>
      <td>–</td>
      <td>
        <RunbookLink section="dead-letters" runbookUrl={runbookUrl} />
      </td>
    </tr>
  )
}

function State({ isGood }: { readonly isGood: boolean }) {
  const { t } = useTranslation('ops-health')
  return <Badge tone={isGood ? 'good' : 'bad'}>{isGood ? t('state.good') : t('state.attention')}</Badge>
}
