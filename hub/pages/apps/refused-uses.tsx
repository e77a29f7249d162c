import { useTranslation } from 'react-i18next'
import type { BalanceAnswer as Balance } from '../../../contract/get-balance.ts'
import type { OnboardingAnswer as Onboarding } from '../../../contract/get-onboarding.ts'
import { Instant } from '../../components/instant.tsx'
import { useMeters, useOffer } from '../../meters.ts'

/** Uses that are refused to an app for one reason, until one instant. */
export interface RefusedUses {
  readonly title: string
  /** Absent where the refusal concerns every rated meter. */
  readonly meters?: readonly string[]
  /** The instant at which time alone lifts the refusal. */
  readonly until?: string | undefined
}

/** The uses that are refused to an app now: those of the whole team by reason, and those beyond the limits of the app. */
export function refusedTo(
  { limits }: Pick<Onboarding['apps'][number], 'limits'>,
  { refused, resetsAt }: Pick<Balance, 'refused' | 'resetsAt'>,
  limitTitle: string,
): readonly RefusedUses[] {
  const usedUp = limits.filter(({ perPeriod, used = 0 }) => used >= perPeriod).map(({ meter }) => meter)
  const byReason = Map.groupBy(refused, ({ title, resumesAt }) => `${title} ${resumesAt}`)
  const ofTeam = [...byReason.values()].flatMap((those): RefusedUses[] => {
    const [first] = those
    if (first === undefined) return []
    const meters = those.flatMap(({ meter }) => meter ?? [])
    return [{ title: first.title, ...(meters.length > 0 && { meters }), until: first.resumesAt }]
  })
  return usedUp.length === 0 ? ofTeam : [...ofTeam, { title: limitTitle, meters: usedUp, until: resetsAt }]
}

/** A line for each reason: what is refused, why, and until when. */
export function RefusedList({ refused }: { readonly refused: readonly RefusedUses[] }) {
  const { t } = useTranslation('apps')
  const namesOf = useNames()
  return (
    <ul className="refused-uses">
      {refused.map(({ title, meters, until }) => (
        <li key={`${title} ${until}`}>
          {title}: {namesOf(meters)}{' '}
          {until !== undefined && (
            <small>
              {t('state.refusedUntil')} <Instant at={until} />
            </small>
          )}
        </li>
      ))}
    </ul>
  )
}

/** Names meters; an API by its own name where all of its meters are meant. */
function useNames(): (meters: readonly string[] | undefined) => string {
  const { t } = useTranslation('apps')
  const meters = useMeters()
  const card = useOffer().data?.rateCard.meters ?? []
  return (names) => {
    if (names === undefined || card.every(({ meter }) => names.includes(meter))) return t('state.everyRated')
    const byApi = Map.groupBy(names, (name) => meters.rated(name)?.api ?? name)
    const parts = [...byApi].flatMap(([api, those]) => {
      const all = card.filter((rate) => rate.api === api)
      return all.length > 1 && those.length === all.length ? [meters.api(api)] : those.map(meters.name)
    })
    return parts.join(' · ')
  }
}
