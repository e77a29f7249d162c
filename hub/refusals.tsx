import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { BalanceAnswer as Balance } from '../contract/get-balance.ts'
import { LinkButton } from './components/button.tsx'
import { type Page, pathOf } from './paths.ts'
import { useTeamId } from './session/session-context.ts'
import { useFormat } from './use-format.ts'

/** A refusal as the API tells it: what is refused, why, what lifts it, and when time does. */
export type Refused = Balance['refused'][number]
export type RefusalCode = Refused['code']

/** The page where a refusal can be lifted. A suspended team can only ask; an authorization that is over stays so. */
const solvedAt: Readonly<Record<RefusalCode, Extract<Page, 'apps' | 'plan' | 'invoices'> | undefined>> = {
  AUTHORIZATION_CLOSED: undefined,
  UNKNOWN_APP: 'apps',
  APP_NOT_IN_HUB: 'apps',
  NO_PLAN: 'plan',
  TEAM_SUSPENDED: undefined,
  PAYMENT_OVERDUE: 'invoices',
  APP_LIMIT_REACHED: 'apps',
  SHORTFALL_DUE: 'plan',
  FREE_LIMIT_REACHED: 'plan',
  TOKENS_EXHAUSTED: 'plan',
  SPEND_LIMIT_REACHED: 'plan',
}

/** What lifts a refusal, when time does by itself, and the button that leads there, unless this is there. */
export function Cure({ refused }: { readonly refused: Pick<Refused, 'code' | 'resolve' | 'resumesAt'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const teamId = useTeamId()
  const page = solvedAt[refused.code]
  const [path] = useLocation()
  const isHere = page !== undefined && path === pathOf(teamId, page)
  return (
    <>
      <p>
        {refused.resolve}
        {refused.resumesAt !== undefined &&
          ` ${t('banner.resumes', { at: format.instant(refused.resumesAt) })}`}
      </p>
      {page && !isHere && <LinkButton href={pathOf(teamId, page)}>{t(`banner.solve.${page}`)}</LinkButton>}
    </>
  )
}
