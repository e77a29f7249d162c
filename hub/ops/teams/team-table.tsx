import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Badge } from '../../components/badge.tsx'
import { Table } from '../../components/table.tsx'
import { useFormat } from '../../use-format.ts'
import { teamPathOf } from '../paths.ts'
import type { ListedTeam } from './use-teams.ts'

export function TeamTable({ teams }: { readonly teams: readonly ListedTeam[] }) {
  const { t } = useTranslation('ops-teams')
  const { t: layout } = useTranslation('layout')
  const format = useFormat()
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
        <tr key={team.teamId}>
          <th scope="row">
            <Link href={teamPathOf(team.teamId)}>{team.name}</Link>
            <br />
            <small className="id">{team.teamId}</small>
          </th>
          <td>{layout(`plan.${team.plan}`)}</td>
          <td>
            {team.states.map((state) => (
              <Badge key={state} tone="warn">
                {t(`state.${state}`)}
              </Badge>
            ))}
          </td>
          <td className="number">{format.number(team.apps)}</td>
          <td className="number">{format.usd(team.owedUsdCents)}</td>
        </tr>
      ))}
    </Table>
  )
}
