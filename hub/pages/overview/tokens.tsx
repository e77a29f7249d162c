import { useTranslation } from 'react-i18next'
import type { BalanceAnswer as Balance } from '../../../contract/get-balance.ts'
import { dayMs } from '../../../core/time/time.ts'
import { LinkButton } from '../../components/button.tsx'
import { PageLink } from '../../components/page-link.tsx'
import { Panel } from '../../components/panel.tsx'
import { pathOf } from '../../paths.ts'
import { useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'

type Lot = Balance['flex']['lots'][number]

const shownAtOnce = 8
const soonMs = 30 * dayMs

/** Flex tokens by lot, in the order of their use, each with the part that is left of it. */
export function Tokens({ balance }: { readonly balance: Balance }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const teamId = useTeamId()
  const { at, flex, plan } = balance
  const lots = flex.lots.filter(({ remaining }) => remaining > 0)
  if (plan !== 'paid' && lots.length === 0) return null
  const buy = <LinkButton href={pathOf(teamId, 'plan')}>{t('tokens.buy')}</LinkButton>
  return (
    <Panel title={t('tokens.title')} aside={buy}>
      <p className="figure">{t('tokens.left', { count: flex.tokens, tokens: format.tokens(flex.tokens) })}</p>
      <Lots lots={lots.slice(0, shownAtOnce)} at={at} />
      {lots.length > shownAtOnce && (
        <details>
          <summary>{t('tokens.more', { count: lots.length - shownAtOnce })}</summary>
          <Lots lots={lots.slice(shownAtOnce)} at={at} />
        </details>
      )}
    </Panel>
  )
}

interface LotsProps {
  readonly lots: readonly Lot[]
  readonly at: string
}

function Lots({ lots, at }: LotsProps) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  return (
    <ul className="lots">
      {lots.map(({ lotId, tokens, remaining, expiresAt }) => (
        <li key={lotId}>
          <span>
            <PageLink page="statement" query={{ lotId }}>
              {t('tokens.lot', { remaining: format.tokens(remaining), tokens: format.tokens(tokens) })}
            </PageLink>
          </span>
          <span className="until">
            {t('tokens.expires', { at: format.instant(expiresAt), in: format.distance(expiresAt, at) })}
          </span>
          <Left share={remaining / tokens} isSoon={Date.parse(expiresAt) - Date.parse(at) <= soonMs} />
        </li>
      ))}
    </ul>
  )
}

interface LeftProps {
  /** The remaining share of the lot, from 0 to 1. */
  readonly share: number
  /** True: the lot expires soon. */
  readonly isSoon: boolean
}

/** The part of a lot that is left. The numbers next to it say the same. */
function Left({ share, isSoon }: LeftProps) {
  return (
    <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect className="track" width="100" height="10" />
      <rect className={isSoon ? 'soon' : 'alive'} width={Math.max(0.5, share * 100)} height="10" />
    </svg>
  )
}
