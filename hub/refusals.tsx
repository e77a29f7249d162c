import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import type { BalanceAnswer as Balance } from '../contract/get-balance.ts'
import { PageButton } from './components/page-link.tsx'
import { type Page, pathOf } from './paths.ts'
import { useTeamId } from './session/session-context.ts'
import { useFormat } from './use-format.ts'

/** A refusal in the API's form: the meter, the reason, how to resolve it, and when time resolves it. */
export type Refused = Balance['refused'][number]
export type RefusalCode = Refused['code']

/** The page that resolves a refusal. A suspended team can only contact support, and an agent asks for its own quote. */
const solvedAt: Readonly<Record<RefusalCode, Extract<Page, 'apps' | 'plan' | 'invoices'> | undefined>> = {
  AUTHORIZATION_CLOSED: undefined,
  UNKNOWN_APP: 'apps',
  QUOTE_NOT_VALID: undefined,
  APP_NOT_IN_HUB: 'apps',
  NO_PLAN: 'plan',
  TEAM_SUSPENDED: undefined,
  PAYMENT_OVERDUE: 'invoices',
  APP_LIMIT_REACHED: 'apps',
  BUDGET_EXHAUSTED: 'apps',
  SHORTFALL_DUE: 'plan',
  FREE_LIMIT_REACHED: 'plan',
  TOKENS_EXHAUSTED: 'plan',
  SPEND_LIMIT_REACHED: 'plan',
}

/** A refusal's code, which leads to its meaning among all codes. */
export function CodeLink({ code }: { readonly code: RefusalCode }) {
  const teamId = useTeamId()
  return (
    <small>
      <Link href={`${pathOf(teamId, 'integrate')}#${code}`}>{code}</Link>
    </small>
  )
}

/**
 * The resolution of a refusal, the time when it ends by itself, and a link to the page that resolves it unless that is
 * this page.
 */
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
      {page && !isHere && <PageButton page={page}>{t(`banner.solve.${page}`)}</PageButton>}
      <CodeLink code={refused.code} />
    </>
  )
}
