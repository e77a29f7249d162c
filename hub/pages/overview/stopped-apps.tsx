import { useTranslation } from 'react-i18next'
import type { BalanceAnswer as Balance } from '../../../contract/get-balance.ts'
import { useAnswer } from '../../api/queries.ts'
import { Notice } from '../../components/notice.tsx'
import { useOffer } from '../../meters.ts'
import { Missing } from '../../missing.tsx'
import { Cure } from '../../refusals.tsx'
import { useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'

const namesMax = 5

/** The stopped apps by cause: why, since when, and what to do. Causes of the whole team are in the banner. */
export function StoppedApps({ balance: { refused, at } }: { readonly balance: Balance }) {
  const { t } = useTranslation('overview')
  const { data } = useAnswer('getOnboarding', { params: { teamId: useTeamId() } })
  if (data === undefined) return null
  const inBanner = new Set(refused.filter(({ meter }) => meter === undefined).map(({ code }) => code))
  return data.refusals.map((refusal, index) => {
    const apps = data.apps.filter((app) => app.refusal?.index === index)
    if (apps.length === 0 || inBanner.has(refusal.code)) return null
    const names = apps.slice(0, namesMax).map(({ name }) => name)
    const more = apps.length - names.length
    return (
      <Notice key={refusal.code} title={refusal.title} tone="bad">
        <p>
          {t('stoppedApps', { count: apps.length, names: names.join(' · ') })}
          {more > 0 && ` ${t('stoppedMore', { count: more })}`}
        </p>
        {refusal.code === 'APP_NOT_IN_HUB' && <Since at={at} />}
        <Missing refused={[refusal]} />
        <Cure refused={refusal} />
      </Notice>
    )
  })
}

/** Apps outside a hub work until the deadline of the move, so they have been stopped since then. */
function Since({ at }: { readonly at: string }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const { data } = useOffer()
  const deadlineAt = data?.campaign?.deadlineAt
  if (deadlineAt === undefined || deadlineAt > at) return null
  return <p>{t('stoppedSince', { at: format.instant(deadlineAt) })}</p>
}
