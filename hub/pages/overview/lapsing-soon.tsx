import { useTranslation } from 'react-i18next'
import type { BalanceAnswer as Balance } from '../../../contract/get-balance.ts'
import { dayMs } from '../../../core/time/time.ts'
import { LinkButton } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { pathOf } from '../../paths.ts'
import { useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'

const [warnDays, urgentDays] = [30, 7]

/** Warns of tokens that lapse within 30 days, more strongly within seven. */
export function LapsingSoon({ balance: { at, flex } }: { readonly balance: Balance }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const teamId = useTeamId()
  const daysTo = (expiresAt: string) => (Date.parse(expiresAt) - Date.parse(at)) / dayMs
  const soon = flex.lots.filter(({ remaining, expiresAt }) => remaining > 0 && daysTo(expiresAt) <= warnDays)
  const byExpiry = [...Map.groupBy(soon, ({ expiresAt }) => expiresAt)].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  )
  const [first] = byExpiry
  if (first === undefined) return null
  const lapse = ([expiresAt, lots]: typeof first) => {
    const count = lots.reduce((sum, { remaining }) => sum + Math.round(remaining * 1_000), 0) / 1_000
    const when = { in: format.distance(expiresAt, at), at: format.instant(expiresAt) }
    return t('lapse.title', { count, tokens: format.tokens(count), ...when })
  }
  return (
    <Notice title={lapse(first)} tone={daysTo(first[0]) <= urgentDays ? 'bad' : 'warn'}>
      {byExpiry.slice(1).map((group) => (
        <p key={group[0]}>{lapse(group)}</p>
      ))}
      <p>{t('lapse.detail')}</p>
      <LinkButton href={pathOf(teamId, 'usage')}>{t('lapse.usage')}</LinkButton>
    </Notice>
  )
}
