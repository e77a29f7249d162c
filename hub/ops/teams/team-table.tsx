import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Badge } from '../../components/badge.tsx'
import { Table } from '../../components/table.tsx'
import { useFormat } from '../../use-format.ts'
import { teamPathOf } from '../paths.ts'
import type { ListedTeam } from './use-teams.ts'

/** States in which a team's work is refused, or soon will be. */
const stopping: ReadonlySet<string> = new Set<ListedTeam['states'][number]>([
  'suspended',
  'overdue',
  'shortfall',
])

export function TeamTable({ teams }: { readonly teams: readonly ListedTeam[] }) {
  const { t } = useTranslation('ops-teams')
  const columns = [
    { name: t('team') },
    { name: t('plan') },
    { name: t('states') },
    { name: t('apps'), isNumber: true },
    { name: t('owed'), isNumber: true },
  ]
  return (
    <Table label={t('title')} columns={columns}>
      {teams.map((team) => (
        <TeamRow key={team.teamId} team={team} />
      ))}
    </Table>
  )
}

function TeamRow({ team }: { readonly team: ListedTeam }) {
  const { t } = useTranslation('ops-teams')
  const { t: layout } = useTranslation('layout')
  const format = useFormat()
  return (
    <tr>
      <th scope="row">
        <Link href={teamPathOf(team.teamId)}>{team.name}</Link>
        <br />
        <small className="id">{team.teamId}</small>
      </th>
      <td>
        {layout(`plan.${team.plan}`)}
        {team.payAsYouGo && <small>{t('payAsYouGo')}</small>}
      </td>
      <td>
        {team.states.length === 0 && <small>{t('noState')}</small>}
        <div className="team-states">
          {team.states.map((state) => (
            <Badge key={state} tone={stopping.has(state) ? 'bad' : 'warn'}>
              {t(`state.${state}`)}
            </Badge>
          ))}
        </div>
        {team.overdueSince !== undefined && (
          <small>{t('overdueSince', { day: format.day(team.overdueSince) })}</small>
        )}
      </td>
      <td className="number">
        {format.number(team.apps)}
        {team.appsOutsideHub > 0 && <small>{t('outside', { count: team.appsOutsideHub })}</small>}
      </td>
      <td className="number">{format.usd(team.owedUsdCents)}</td>
    </tr>
  )
}
