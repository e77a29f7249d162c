import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Answer } from '../../api/client.ts'
import { Instant } from '../../components/instant.tsx'
import { Table } from '../../components/table.tsx'
import { useFormat } from '../../use-format.ts'
import { consolePathOf } from '../paths.ts'
import { lastDayOf } from './deadline.ts'

export interface CampaignTableProps {
  readonly campaigns: Answer<'listCampaigns'>['campaigns']
  readonly chosenId: string | undefined
}

export function CampaignTable({ campaigns, chosenId }: CampaignTableProps) {
  const { t } = useTranslation('ops-campaigns')
  const format = useFormat()
  const columns = [
    { name: t('campaign') },
    { name: t('opens') },
    { name: t('lastDay') },
    { name: t('refusedFrom') },
    { name: t('complied'), isNumber: true },
  ]
  return (
    <Table label={t('title')} columns={columns}>
      {campaigns.map(({ campaignId, opensAt, deadlineAt, summary }) => (
        <tr key={campaignId}>
          <th scope="row">
            <Link
              className="id"
              href={consolePathOf('campaigns', { campaign: campaignId })}
              aria-current={campaignId === chosenId ? 'true' : undefined}
            >
              {campaignId}
            </Link>
          </th>
          <td>
            <Instant at={opensAt} />
          </td>
          <td>{t('utcDay', { day: format.day(lastDayOf(deadlineAt)) })}</td>
          <td>
            <Instant at={deadlineAt} />
          </td>
          <td className="number">
            {t('ofApps', { done: format.number(summary.compliedApps), all: format.number(summary.apps) })}
          </td>
        </tr>
      ))}
    </Table>
  )
}
