import { useTranslation } from 'react-i18next'
import { useAnswer } from '../api/queries.ts'
import { Badge } from '../components/badge.tsx'
import { useTeamId } from '../session/session-context.ts'

/** The name of the page's team, and its plan. */
export function TeamName() {
  const { t } = useTranslation()
  const teamId = useTeamId()
  const { data: team } = useAnswer('getTeam', { params: { teamId } })
  const { data: balance } = useAnswer('getBalance', { params: { teamId } })
  return (
    <div className="team">
      <strong>{team?.name ?? teamId}</strong>
      {balance && (
        <Badge tone={balance.plan === 'none' ? 'warn' : 'plain'}>{t(`plan.${balance.plan}`)}</Badge>
      )}
    </div>
  )
}
