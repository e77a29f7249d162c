import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Button, LinkButton } from '../components/button.tsx'
import { ErrorState } from '../components/error-state.tsx'
import { Notice } from '../components/notice.tsx'
import { Panel } from '../components/panel.tsx'
import { LanguageSwitch } from '../layout/language-switch.tsx'
import { consolePath } from '../paths.ts'
import { isAccepted, type Membership, nameOf } from './me.ts'
import type { Opened } from './session-context.ts'
import './lone-page.css'

export interface InvitationsPageProps extends Pick<Opened, 'session' | 'client'> {
  readonly memberships: readonly Membership[]
}

/** Open invitations of a person, to accept or to decline. */
export function InvitationsPage({ session, client, memberships }: InvitationsPageProps) {
  const { t } = useTranslation()
  const open = memberships.filter((membership) => !isAccepted(membership))
  return (
    <main className="lone-page">
      <LanguageSwitch />
      {open.length === 0 && (
        <Notice title={t('invitations.none')} level={1}>
          <p>{t('invitations.noneDetail')}</p>
        </Notice>
      )}
      {open.length > 0 && <h1>{t('invitations.title')}</h1>}
      {open.map((membership) => (
        <Invitation key={membership.teamId} client={client} membership={membership} />
      ))}
      <div className="buttons">
        {memberships.some(isAccepted) && <LinkButton href="/">{t('invitations.toTeam')}</LinkButton>}
        {session.isOperator && <LinkButton href={consolePath}>{t('console.open')}</LinkButton>}
        <Button look="quiet" onPress={() => void session.signOut()}>
          {t('header.signOut')}
        </Button>
      </div>
    </main>
  )
}

interface InvitationProps extends Pick<Opened, 'client'> {
  readonly membership: Membership
}

function Invitation({ client, membership }: InvitationProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const params = { teamId: membership.teamId }
  const answer = useMutation({
    mutationFn: (id: 'acceptMembership' | 'leaveTeam') => client.call(id, { params }),
    onSettled: () => queries.invalidateQueries(),
  })
  const team = nameOf(membership)
  return (
    <Panel title={team}>
      <p>{t('invitations.detail', { role: t(`role.${membership.role}`) })}</p>
      {answer.error !== null && <ErrorState error={answer.error} />}
      <div className="buttons">
        <Button
          look="primary"
          isPending={answer.isPending}
          aria-label={t('invitations.acceptTeam', { team })}
          onPress={() => answer.mutate('acceptMembership')}
        >
          {t('invitations.accept')}
        </Button>
        <Button
          isPending={answer.isPending}
          aria-label={t('invitations.declineTeam', { team })}
          onPress={() => answer.mutate('leaveTeam')}
        >
          {t('invitations.decline')}
        </Button>
      </div>
    </Panel>
  )
}
