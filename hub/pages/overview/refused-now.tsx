import { useTranslation } from 'react-i18next'
import type { BalanceAnswer as Balance } from '../../../contract/get-balance.ts'
import { Notice } from '../../components/notice.tsx'
import { useMeters } from '../../meters.ts'
import { Missing } from '../../missing.tsx'
import { Cure, type Refused } from '../../refusals.tsx'

/** Meters that are refused now, by their cause; what concerns the whole team is in the banner. */
export function RefusedNow({ refused }: { readonly refused: Balance['refused'] }) {
  const { t } = useTranslation('overview')
  const meters = useMeters()
  const byCause = Map.groupBy(
    refused.filter(({ meter }) => meter !== undefined),
    ({ code, resumesAt }) => `${code} ${resumesAt}`,
  )
  return [...byCause].map(([cause, those]) => (
    <Notice key={cause} title={firstOf(those).title} tone="bad">
      <p>{t('refused', { meters: those.map(({ meter }) => meters.name(meter ?? '')).join(' · ') })}</p>
      <p>{detailOf(those)}</p>
      <Missing refused={those} />
      <Cure refused={firstOf(those)} />
    </Notice>
  ))

  /** The API says the cause for one meter, by its id. */
  function detailOf(those: readonly Refused[]): string {
    const { detail, meter = '' } = firstOf(those)
    return detail.replaceAll(meter, those.length === 1 ? meters.name(meter) : t('theseMeters'))
  }
}

function firstOf(those: readonly Refused[]): Refused {
  const [first] = those
  if (first === undefined) throw new Error('a group of refusals is never empty')
  return first
}
