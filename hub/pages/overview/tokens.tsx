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

/** Flex tokens by lot, in the order of their use, each with a time line to its expiry. */
export function Tokens({ balance }: { readonly balance: Balance }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const teamId = useTeamId()
  const { at, flex, plan } = balance
  const lots = flex.lots.filter(({ remaining }) => remaining > 0)
  if (plan !== 'paid' && lots.length === 0) return null
  const buy = <LinkButton href={pathOf(teamId, 'plan')}>{t('tokens.buy')}</LinkButton>
  const until = Math.max(...lots.map(({ expiresAt }) => Date.parse(expiresAt)))
  const line = { from: Date.parse(at), until }
  return (
    <Panel title={t('tokens.title')} aside={buy}>
      <p className="figure">{t('tokens.left', { count: flex.tokens, tokens: format.tokens(flex.tokens) })}</p>
      <Lots lots={lots.slice(0, shownAtOnce)} line={line} at={at} />
      {lots.length > shownAtOnce && (
        <details>
          <summary>{t('tokens.more', { count: lots.length - shownAtOnce })}</summary>
          <Lots lots={lots.slice(shownAtOnce)} line={line} at={at} />
        </details>
      )}
    </Panel>
  )
}

interface LotsProps {
  readonly lots: readonly Lot[]
  readonly line: { readonly from: number; readonly until: number }
  readonly at: string
}

function Lots({ lots, line, at }: LotsProps) {
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
          <TimeLine line={line} expiresAt={Date.parse(expiresAt)} share={remaining / tokens} />
        </li>
      ))}
    </ul>
  )
}

interface TimeLineProps {
  readonly line: LotsProps['line']
  readonly expiresAt: number
  /** The remaining share of the lot, from 0 to 1: the height of its bar. */
  readonly share: number
}

/** A time line from now (left) to the last expiry (right). The numbers next to it say the same. */
function TimeLine({ line, expiresAt, share }: TimeLineProps) {
  const width = line.until > line.from ? ((expiresAt - line.from) / (line.until - line.from)) * 100 : 0
  const height = Math.max(1, share * 10)
  return (
    <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect className="track" width="100" height="10" />
      <rect
        className={expiresAt - line.from <= soonMs ? 'soon' : 'alive'}
        width={Math.max(0.5, width)}
        y={10 - height}
        height={height}
      />
    </svg>
  )
}
