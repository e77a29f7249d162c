import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Answer } from '../../api/client.ts'
import { useAnswer } from '../../api/queries.ts'
import { Panel } from '../../components/panel.tsx'
import { View } from '../../components/view.tsx'
import { useFormat } from '../../use-format.ts'
import { consolePathOf, teamPathOf } from '../paths.ts'

type Open = Answer<'getCampaignProgress'>['open']

/** The first teams of each list. The list of teams shows the rest. */
const limit = '10'

/** The teams that do not comply, and why: the first ten for each reason, with a link to all. */
export function Left({ open }: { readonly open: Open }) {
  const { t } = useTranslation('ops-campaigns')
  const format = useFormat()
  const { teams, teamsWithoutPlan, appsNotInHub } = open
  return (
    <Panel title={t('left.title')}>
      <p>{t('left.teams', { count: teams, teams: format.number(teams) })}</p>
      <div className="reasons">
        <Reason
          state="no-plan"
          title={t('left.noPlan', { count: teamsWithoutPlan, teams: format.number(teamsWithoutPlan) })}
        />
        <Reason
          state="apps-outside-hub"
          title={t('left.outside', { count: appsNotInHub, apps: format.number(appsNotInHub) })}
        />
      </div>
    </Panel>
  )
}

interface ReasonProps {
  readonly state: 'no-plan' | 'apps-outside-hub'
  readonly title: string
}

function Reason({ state, title }: ReasonProps) {
  const { t } = useTranslation('ops-campaigns')
  const list = useAnswer('listTeams', { query: { state, limit } })
  return (
    <section>
      <h3>{title}</h3>
      <View query={list}>
        {({ teams, cursor }) => (
          <>
            <ul>
              {teams.map(({ teamId, name, appsOutsideHub }) => (
                <li key={teamId}>
                  <Link href={teamPathOf(teamId)}>{name}</Link>{' '}
                  <small>
                    <span className="id">{teamId}</span>
                    {state === 'apps-outside-hub' && ` · ${t('left.apps', { count: appsOutsideHub })}`}
                  </small>
                </li>
              ))}
            </ul>
            {teams.length > 0 && (
              <Link href={consolePathOf('teams', { state })}>
                {cursor === undefined ? t('left.list') : t('left.all')}
              </Link>
            )}
          </>
        )}
      </View>
    </section>
  )
}
