import { useTranslation } from 'react-i18next'
import { Badge } from '../../components/badge.tsx'
import { DownloadButton } from '../../components/download-button.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { Table } from '../../components/table.tsx'
import { View } from '../../components/view.tsx'
import { AmountCell, MoreButton, Subject, TeamCell } from './money-parts.tsx'
import { useMoney } from './use-money.ts'

/** The rows that no retry resolves, each with what an operator can do about it. */
export function NeedsPanel() {
  const { t } = useTranslation('ops-money')
  const read = useMoney({ list: 'needs-person' })
  const columns = [
    { name: t('column.team') },
    { name: t('column.todo') },
    { name: t('column.subject') },
    { name: t('column.amount'), isNumber: true },
    { name: t('column.since') },
  ]
  const rows = read.data?.pages.flatMap(({ money }) => money) ?? []
  return (
    <Panel title={t('needs.title')} aside={rows.length > 0 && <Download />}>
      <View
        query={read}
        isEmpty={() => rows.length === 0 && !read.hasNextPage}
        empty={<p>{t('needs.none')}</p>}
      >
        {() => (
          <Table label={t('needs.title')} columns={columns}>
            {rows.map((row) => (
              <tr key={[row.teamId, row.need, ...row.references, row.version].join(' ')}>
                <TeamCell row={row} />
                <td className="money-todo">
                  {row.need !== undefined && (
                    <>
                      <Badge tone={row.need === 'overdue' ? 'bad' : 'warn'}>{t(`need.${row.need}`)}</Badge>
                      <p>{t(`todo.${row.need}`)}</p>
                    </>
                  )}
                </td>
                <td>
                  <Subject row={row} />
                </td>
                <AmountCell row={row} />
                <td>
                  <Instant at={row.at} />
                </td>
              </tr>
            ))}
          </Table>
        )}
      </View>
      <MoreButton read={read} text={t('needs.more')} />
    </Panel>
  )
}

function Download() {
  const { t } = useTranslation('ops-money')
  return (
    <DownloadButton
      label={t('needs.download')}
      call="listMoney"
      given={{ query: { list: 'needs-person', limit: '100' } }}
      type="text/csv"
      fileName="money-needs-person.csv"
    />
  )
}
