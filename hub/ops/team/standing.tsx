import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../api/client.ts'
import { useAnswer } from '../../api/queries.ts'
import { Badge } from '../../components/badge.tsx'
import { PageLink } from '../../components/page-link.tsx'
import { Panel } from '../../components/panel.tsx'
import { useMeters } from '../../meters.ts'
import { FailedDues, FailedPurchases } from '../../payment/failed-dues.tsx'
import { useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'

type Balance = Answer<'getBalance'>
type Team = Answer<'getTeam'>
type Members = Answer<'listMembers'>['members']

const appsShown = 5

interface StandingProps {
  readonly team: Team
  readonly balance: Balance
  readonly members: Members
}

/** The states in which the team may need an operator, each with its cause. */
export function Standing(props: StandingProps) {
  const { t } = useTranslation('ops-team')
  const states = useStates(props)
  return (
    <Panel title={t('states.title')}>
      {states.length === 0 ? (
        <p>{t('states.none')}</p>
      ) : (
        <dl className="team-states">
          {states.map(({ name, why }) => (
            <div key={name}>
              <dt>
                <Badge tone="warn">{name}</Badge>
              </dt>
              <dd>{why}</dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  )
}

interface State {
  readonly name: string
  readonly why: ReactNode
}

function useStates({ team, balance, members }: StandingProps): readonly State[] {
  const { t } = useTranslation('ops-team')
  const { t: list } = useTranslation('ops-teams')
  const outside = useAppsOutside()
  const admins = members.filter(({ role, state }) => role === 'admin' && state === 'accepted')
  const invited = members.filter(({ state }) => state === 'invited')
  const isOverdue = (balance.dues ?? []).some(({ failedAt }) => failedAt !== undefined)
  const hasFailedPurchase = (balance.failedPurchases ?? []).length > 0
  return [
    team.suspension && { name: list('state.suspended'), why: <Suspension reason={team.suspension.reason} /> },
    isOverdue && { name: list('state.overdue'), why: <FailedDues balance={balance} /> },
    hasFailedPurchase && { name: t('states.failedPurchase'), why: <FailedPurchases balance={balance} /> },
    balance.shortfall.length > 0 && { name: list('state.shortfall'), why: <Unpaid balance={balance} /> },
    balance.plan === 'none' && { name: list('state.no-plan'), why: <NoPlan balance={balance} /> },
    outside.length > 0 && { name: list('state.apps-outside-hub'), why: <Outside apps={outside} /> },
    invited.length > 0 && {
      name: list('state.invitation-open'),
      why: <p>{invited.map(({ email }) => email).join(t('effect.and'))}</p>,
    },
    admins.length === 0 && { name: list('state.no-admin'), why: <p>{t('states.noAdmin')}</p> },
    balance.refused.length > 0 && { name: t('states.refused'), why: <Refused balance={balance} /> },
  ].filter((state) => typeof state === 'object')
}

function useAppsOutside(): readonly { readonly appId: string; readonly name: string }[] {
  const { data } = useAnswer('getOnboarding', { params: { teamId: useTeamId() } })
  return (data?.apps ?? []).filter(({ inHub }) => !inHub)
}

/** The reason of the suspension, and who suspended the team when. */
function Suspension({ reason }: { readonly reason: string }) {
  const { t } = useTranslation('ops-team')
  const format = useFormat()
  const { data } = useAnswer('listActivity', {
    params: { teamId: useTeamId() },
    query: { kind: 'suspended', limit: '1' },
  })
  const act = data?.activity[0]
  return (
    <>
      <p>{reason}</p>
      {act !== undefined && (
        <small>
          {t('states.since', { at: format.instant(act.at), actor: act.actor.email ?? act.actor.subject })}
        </small>
      )}
    </>
  )
}

function Unpaid({ balance }: { readonly balance: Balance }) {
  const { t } = useTranslation('ops-team')
  const meters = useMeters()
  const format = useFormat()
  return balance.shortfall.map(({ meter, units, tokens = 0, usdCents = 0 }) => (
    <p key={meter}>
      {t('states.unpaid', {
        meter: meters.name(meter),
        units: format.number(units),
        tokens: format.tokens(tokens),
        usd: format.usd(usdCents),
      })}
    </p>
  ))
}

function NoPlan({ balance }: { readonly balance: Balance }) {
  const { t } = useTranslation('ops-team')
  const [warning] = balance.warnings
  return <p>{warning === undefined ? t('states.noPlan') : warning.detail}</p>
}

function Outside({ apps }: { readonly apps: ReturnType<typeof useAppsOutside> }) {
  const { t } = useTranslation('ops-team')
  const shown = apps.slice(0, appsShown).map(({ name, appId }) => `${name} (${appId})`)
  return (
    <p>
      {shown.join(t('effect.and'))}
      {apps.length > appsShown && ` ${t('states.moreApps', { count: apps.length - appsShown })}`}{' '}
      <PageLink page="apps">{t('states.toApps')}</PageLink>
    </p>
  )
}

function Refused({ balance }: { readonly balance: Balance }) {
  const meters = useMeters()
  return balance.refused.map(({ code, title, meter = '' }) => (
    <p key={`${code} ${meter}`}>
      {title}
      {meter !== '' && ` (${meters.name(meter)})`} <small>{code}</small>
    </p>
  ))
}
