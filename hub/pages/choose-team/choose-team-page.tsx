import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../components/badge.tsx'
import { Button } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { View } from '../../components/view.tsx'
import { LanguageSwitch } from '../../layout/language-switch.tsx'
import type { Role } from '../../session/session.ts'
import { type FoundTeams, findTeams, grantCode, type Identity } from './local-issuer.ts'
import { Operators } from './operators.tsx'
import { People } from './people.tsx'
import '../../session/lone-page.css'
import './choose-team.css'

/** Replaces the sign-in with a password: on the local runtime, a person may sign in as anybody. */
export function ChooseTeamPage() {
  const { t } = useTranslation('choose-team')
  const [search, setSearch] = useState('')
  const [role, setRole] = useState<Role | 'person' | 'operator'>(firstRole)
  const [error, setError] = useState<unknown>()
  const teams = useTeams(useDeferredValue(search))
  const signIn = (identity: Identity) => void grantCode(identity).catch(setError)
  return (
    <main className="lone-page choose-team">
      <LanguageSwitch />
      <PageHeading title={t('title')}>
        <p>{t('detail')}</p>
      </PageHeading>
      <Choice
        label={t('role')}
        value={role}
        onChange={setRole}
        options={{
          admin: t('admin'),
          developer: t('developer'),
          person: t('person'),
          operator: t('operator'),
        }}
      />
      {role !== 'operator' && <SearchField label={t('search')} value={search} onChange={setSearch} />}
      {error !== undefined && <ErrorState error={error} />}
      {role === 'operator' && <Operators onChoose={(operator) => signIn({ operator })} />}
      {role === 'person' && <People search={search} onChoose={(person) => signIn({ person })} />}
      {(role === 'admin' || role === 'developer') && (
        <View query={teams} isEmpty={(found) => found.teams.length === 0} empty={<p>{t('none')}</p>}>
          {(found) => <Teams found={found} onChoose={(team) => signIn({ team, role })} />}
        </View>
      )}
    </main>
  )
}

/** The operators' console asks for the scope of operators. */
function firstRole(): 'operator' | 'admin' {
  return new URLSearchParams(location.search).get('scope')?.includes('ops:admin') ? 'operator' : 'admin'
}

function useTeams(search: string): UseQueryResult<FoundTeams> {
  return useQuery({
    queryKey: ['local teams', search],
    queryFn: () => findTeams(search),
    placeholderData: keepPreviousData,
  })
}

interface TeamsProps {
  readonly found: FoundTeams
  readonly onChoose: (teamId: string) => void
}

function Teams({ found: { teams, hasMore }, onChoose }: TeamsProps) {
  const { t } = useTranslation('choose-team')
  const { t: layout } = useTranslation('layout')
  return (
    <>
      <ul>
        {teams.map(({ teamId, name, plan }) => (
          <li key={teamId}>
            <span>
              <strong>{name}</strong> <Badge>{layout(`plan.${plan}`)}</Badge>
              <br />
              <small>{teamId}</small>
            </span>
            <Button look="primary" onPress={() => onChoose(teamId)} aria-label={`${t('signIn')}: ${name}`}>
              {t('signIn')}
            </Button>
          </li>
        ))}
      </ul>
      {hasMore && <p>{t('more')}</p>}
    </>
  )
}
