import { useTranslation } from 'react-i18next'
import { Badge } from '../../components/badge.tsx'
import { DownloadButton } from '../../components/download-button.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { Select } from '../../components/select.tsx'
import { Table } from '../../components/table.tsx'
import { View } from '../../components/view.tsx'
import { useFilters } from '../../filters.ts'
import { useFormat } from '../../use-format.ts'
import { AmountCell, MoreButton, Subject, TeamCell } from './money-parts.tsx'
import { type Money, type MoneyRow, useMoney } from './use-money.ts'

const lists = ['due', 'failed', 'credited', 'refunded', 'charged-back'] as const
/** Months that the page offers; others can be in its address. */
const monthsOffered = 12

/** The dues of now, or the acts of a month, with the sum of all teams. */
export function ListPanel() {
  const { t } = useTranslation('ops-money')
  const { filters, change } = useFilters(['list', 'month'] as const)
  const list = lists.find((each) => each === filters.list) ?? 'due'
  const month = list === 'due' ? undefined : filters.month
  const read = useMoney({ list, month })
  const first = read.data?.pages[0]
  const rows = read.data?.pages.flatMap(({ money }) => money) ?? []
  return (
    <Panel title={t('list.title')} aside={<Sum answer={first} />}>
      <div className="money-filters">
        <Select
          label={t('list.choose')}
          value={list}
          options={lists.map((value) => ({ value, text: t(`list.${value}`) }))}
          onChange={(value) => change({ list: value === 'due' ? '' : value })}
        />
        {list !== 'due' && (
          <MonthSelect answer={first} month={month} onChange={(value) => change({ month: value })} />
        )}
        <DownloadButton
          label={t('list.download')}
          call="listMoney"
          given={{ query: { list, limit: '100', ...(month !== undefined && { month }) } }}
          type="text/csv"
          fileName={`${['money', list, first?.month].filter(Boolean).join('-')}.csv`}
        />
      </div>
      <View
        query={read}
        isEmpty={() => rows.length === 0 && !read.hasNextPage}
        empty={<p>{t('list.none')}</p>}
      >
        {() => <MoneyTable rows={rows} isDue={list === 'due'} />}
      </View>
      <MoreButton read={read} text={t('list.more')} />
    </Panel>
  )
}

interface MonthSelectProps {
  readonly answer: Money | undefined
  readonly month: string | undefined
  readonly onChange: (month: string) => void
}

function MonthSelect({ answer, month, onChange }: MonthSelectProps) {
  const { t } = useTranslation('ops-money')
  const format = useFormat()
  const offered = answer === undefined ? [] : monthsUntil(answer.at)
  const chosen = month ?? offered[0] ?? ''
  const months = offered.includes(chosen) || chosen === '' ? offered : [...offered, chosen]
  return (
    <Select
      label={t('list.month')}
      value={chosen}
      options={months.map((value) => ({ value, text: format.period(value) }))}
      onChange={onChange}
    />
  )
}

/** The month of an instant and those before it, newest first. */
function monthsUntil(at: string): readonly string[] {
  const [year = 0, month = 1] = at.split('-').map(Number)
  return Array.from({ length: monthsOffered }, (_, back) =>
    new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 7),
  )
}

function Sum({ answer }: { readonly answer: Money | undefined }) {
  const { t } = useTranslation('ops-money')
  const format = useFormat()
  if (answer === undefined) return null
  if (answer.sum === undefined) return <span>{t('sumAbsent')}</span>
  const { rows, usdCents, tokens } = answer.sum
  const values = { count: rows, rows: format.number(rows), amount: format.usd(usdCents) }
  return (
    <strong className="money-sum">
      {tokens === undefined ? t('sum', values) : t('sumTokens', { ...values, tokens: format.number(tokens) })}
    </strong>
  )
}

interface MoneyTableProps {
  readonly rows: readonly MoneyRow[]
  readonly isDue: boolean
}

function MoneyTable({ rows, isDue }: MoneyTableProps) {
  const { t } = useTranslation('ops-money')
  const columns = [
    { name: t('column.team') },
    { name: t('column.subject') },
    ...(isDue ? [{ name: t('column.stage') }] : []),
    { name: t('column.amount'), isNumber: true },
    { name: isDue ? t('column.since') : t('column.at') },
  ]
  return (
    <Table label={t('list.title')} columns={columns}>
      {rows.map((row) => (
        <tr key={[row.teamId, row.stage, ...row.references, row.version].join(' ')}>
          <TeamCell row={row} />
          <td>
            <Subject row={row} />
          </td>
          {isDue && <StageCell row={row} />}
          <AmountCell row={row} />
          <td>
            <Instant at={row.at} />
          </td>
        </tr>
      ))}
    </Table>
  )
}

function StageCell({ row: { stage = 'waiting', nextTryAt } }: { readonly row: MoneyRow }) {
  const { t } = useTranslation('ops-money')
  const format = useFormat()
  const tone = stage === 'overdue' ? 'bad' : stage === 'waiting' ? 'plain' : 'warn'
  return (
    <td>
      <Badge tone={tone}>{t(`stage.${stage}`)}</Badge>
      {nextTryAt !== undefined && <small>{t('nextTry', { at: format.instant(nextTryAt) })}</small>}
    </td>
  )
}
