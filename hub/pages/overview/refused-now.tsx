import { useTranslation } from 'react-i18next'
import type { BalanceAnswer as Balance } from '../../../contract/get-balance.ts'
import { Notice } from '../../components/notice.tsx'
import { useMeters } from '../../meters.ts'
import { Missing } from '../../missing.tsx'
import { Cure, type Refused } from '../../refusals.tsx'

/** The meters that are refused now, by cause. Causes that concern the whole team are in the banner. */
export function RefusedNow({ refused }: { readonly refused: Balance['refused'] }) {
  const { t } = useTranslation('overview')
  const meters = useMeters()
  const byCause = Map.groupBy(
    refused.filter(({ meter }) => meter !== undefined),
    // A used-up free amount stops a whole API, so each API has its own notice.
    ({ code, resumesAt, api }) => `${code} ${resumesAt} ${code === 'FREE_LIMIT_REACHED' ? api : ''}`,
  )
  return [...byCause].map(([cause, those]) => (
    <Notice key={cause} title={firstOf(those).title} tone="bad">
      <p>{t('refused', { meters: those.map(({ meter }) => meters.name(meter ?? '')).join(' · ') })}</p>
      <p>{detailOf(those)}</p>
      <Missing refused={those} />
      <Cure refused={firstOf(those)} />
    </Notice>
  ))

  /** The API's text names one meter by its id, or the meter that stops the API. */
  function detailOf(those: readonly Refused[]): string {
    const { detail, meter = '', missing } = those.find(isStoppedByOther) ?? firstOf(those)
    const stopper = missing[0]?.stoppedBy
    if (stopper !== undefined) return replaceQuoted(detail, stopper, meters.name(stopper))
    return replaceQuoted(detail, meter, those.length === 1 ? meters.name(meter) : t('theseMeters'))
  }
}

/** Writes a name for a meter's id, which the API's texts have in quotes. */
function replaceQuoted(text: string, meter: string, name: string): string {
  return text.replaceAll(`"${meter}"`, name).replaceAll(`「${meter}」`, name)
}

function firstOf(those: readonly Refused[]): Refused {
  const [first] = those
  if (first === undefined) throw new Error('a group of refusals is never empty')
  return first
}

function isStoppedByOther({ missing }: Refused): boolean {
  return missing[0]?.stoppedBy !== undefined
}
