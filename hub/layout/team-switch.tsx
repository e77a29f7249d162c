import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { LinkButton } from '../components/button.tsx'
import { Select } from '../components/select.tsx'
import { invitationsPath, pathOf } from '../paths.ts'
import { isAccepted, nameOf } from '../session/me.ts'
import { useSignedIn } from '../session/session-context.ts'

/** Opens another team of the person, which the page then opens first, and leads to open invitations. */
export function TeamSwitch() {
  const { t } = useTranslation()
  const { client, teamId, memberships = [] } = useSignedIn()
  const queries = useQueryClient()
  const [, navigate] = useLocation()
  const accepted = memberships.filter(isAccepted)
  const open = memberships.length - accepted.length
  const choose = (chosen: string) => {
    navigate(pathOf(chosen, 'overview'))
    // The team is open already. If the choice is not stored, the next sign-in opens the team before it.
    const stored = client.call('chooseTeam', { body: { teamId: chosen } }).catch(() => undefined)
    void stored.then(() => queries.invalidateQueries({ queryKey: ['getMe'] }))
  }
  return (
    <>
      {accepted.length > 1 && (
        <Select
          label={t('header.team')}
          value={teamId}
          onChange={choose}
          options={accepted.map((membership) => ({ value: membership.teamId, text: nameOf(membership) }))}
        />
      )}
      {open > 0 && (
        <LinkButton href={invitationsPath} look="primary">
          {t('header.invitations', { count: open })}
        </LinkButton>
      )}
    </>
  )
}
