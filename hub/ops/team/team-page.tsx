import { type ComponentType, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../api/queries.ts'
import { Button } from '../../components/button.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { View } from '../../components/view.tsx'
import { useTeamId } from '../../session/session-context.ts'
import { Figures } from './figures.tsx'
import { People } from './people.tsx'
import { Recent } from './recent.tsx'
import { type ActProps, Credit, RegisterApp, Resume, Suspend } from './simple-acts.tsx'
import { Standing } from './standing.tsx'
import { Subscriptions } from './subscriptions.tsx'
import './team.css'
import { TeamDetails } from './team-details.tsx'

/** A team as an operator sees it: its states and their causes, and what an operator may do about them. */
export function TeamPage() {
  const params = { teamId: useTeamId() }
  const team = useAnswer('getTeam', { params })
  const { data: balance } = useAnswer('getBalance', { params })
  const { data: people } = useAnswer('listMembers', { params })
  return (
    <View query={team} skeleton={<Skeleton lines={12} />}>
      {(found) => (
        <>
          <PageHeading title={found.name}>
            <p className="id">{found.teamId}</p>
          </PageHeading>
          <div className="ops-team">
            <Acts isSuspended={found.suspension !== undefined} />
            {balance === undefined || people === undefined ? (
              <Skeleton lines={8} />
            ) : (
              <>
                <Standing team={found} balance={balance} members={people.members} />
                <Figures team={found} balance={balance} />
                <People members={people.members} />
              </>
            )}
            <Recent />
          </div>
        </>
      )}
    </View>
  )
}

type ActName = 'suspend' | 'resume' | 'credit' | 'details' | 'subscriptions' | 'app'

const dialogs: Readonly<Record<ActName, ComponentType<ActProps>>> = {
  suspend: Suspend,
  resume: Resume,
  credit: Credit,
  details: TeamDetails,
  subscriptions: Subscriptions,
  app: RegisterApp,
}

/** The acts on the whole team. Those on a person, a use or a payment are next to it. */
function Acts({ isSuspended }: { readonly isSuspended: boolean }) {
  const { t } = useTranslation('ops-team')
  const [open, setOpen] = useState<ActName>()
  const OpenDialog = open === undefined ? undefined : dialogs[open]
  const names: readonly ActName[] = [
    'credit',
    'details',
    'subscriptions',
    'app',
    isSuspended ? 'resume' : 'suspend',
  ]
  return (
    <div className="buttons">
      {names.map((name) => (
        <Button key={name} look={name === 'suspend' ? 'danger' : 'plain'} onPress={() => setOpen(name)}>
          {t(`open.${name}`)}
        </Button>
      ))}
      {OpenDialog !== undefined && <OpenDialog onClose={() => setOpen(undefined)} />}
    </div>
  )
}
