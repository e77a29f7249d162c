import { useTranslation } from 'react-i18next'
import type { Answer } from '../../api/client.ts'
import { Badge } from '../../components/badge.tsx'
import { Instant } from '../../components/instant.tsx'
import { Panel } from '../../components/panel.tsx'
import { Table } from '../../components/table.tsx'
import { useFormat } from '../../use-format.ts'

type Step = Answer<'getCampaignProgress'>['steps'][number]

const tones = { done: 'good', due: 'warn', coming: 'plain', skipped: 'plain' } as const

/** The notices of a campaign, with the teams and apps that each met. */
export function Steps({ steps }: { readonly steps: readonly Step[] }) {
  const { t } = useTranslation('ops-campaigns')
  return (
    <Panel title={t('steps.title')}>
      <StepTable steps={steps} />
      <small>{t('steps.note')}</small>
    </Panel>
  )
}

export function StepTable({ steps }: { readonly steps: readonly Step[] }) {
  const { t } = useTranslation('ops-campaigns')
  const format = useFormat()
  const columns = [
    { name: t('steps.step') },
    { name: t('steps.date') },
    { name: t('steps.status') },
    { name: t('steps.teams'), isNumber: true },
    { name: t('steps.apps'), isNumber: true },
  ]
  return (
    <Table label={t('steps.title')} columns={columns}>
      {steps.map(({ notice, scheduledAt, status, teams, apps }) => (
        <tr key={`${notice} ${scheduledAt}`}>
          <th scope="row">{t(`steps.notice.${notice}`)}</th>
          <td>
            <Instant at={scheduledAt} />
          </td>
          <td>
            <Badge tone={tones[status]}>{t(`steps.is.${status}`)}</Badge>
          </td>
          <td className="number">{teams === undefined ? '–' : format.number(teams)}</td>
          <td className="number">{apps === undefined ? '–' : format.number(apps)}</td>
        </tr>
      ))}
    </Table>
  )
}
