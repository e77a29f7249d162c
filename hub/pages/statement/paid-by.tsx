import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useMeters } from '../../meters.ts'
import { pathOf } from '../../paths.ts'
import { useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'
import { type Charge, chargesOf, type Entry, paidShortfallOf } from './entry.ts'

/** The charges or holds that paid for an entry, or that back it. */
export function PaidBy({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation('statement')
  const meters = useMeters()
  const charges = chargesOf(entry)
  const paidShortfall = paidShortfallOf(entry)
  return (
    <>
      {entry.kind === 'authorization' && <p>{t('backed', { by: t(`fundedBy.${entry.fundedBy}`) })}</p>}
      {'included' in entry && entry.included !== undefined && (
        <p>{t('included', { quantity: meters.quantity(entry.meter, entry.included) })}</p>
      )}
      {'waived' in entry && entry.waived !== undefined && (
        <p>{t('waived', { quantity: meters.quantity(entry.meter, entry.waived) })}</p>
      )}
      {'funding' in entry && charges.length === 0 && entry.included !== entry.quantity && (
        <p>{t(`funding.${entry.funding}`)}</p>
      )}
      <Charges charges={charges} />
      {paidShortfall.length > 0 && <p>{t('paidShortfall')}</p>}
      <Charges charges={paidShortfall} isNamed />
    </>
  )
}

/** `isNamed`: each charge shows its meter. */
function Charges({
  charges,
  isNamed = false,
}: {
  readonly charges: readonly Charge[]
  readonly isNamed?: boolean
}) {
  const meters = useMeters()
  if (charges.length === 0) return null
  return (
    <ul>
      {charges.map((charge) => (
        <li key={`${charge.source} ${charge.meter}`}>
          {isNamed && <span className="meter">{meters.name(charge.meter)}</span>}
          <ChargeLine charge={charge} />
        </li>
      ))}
    </ul>
  )
}

function ChargeLine({ charge }: { readonly charge: Charge }) {
  const { t } = useTranslation('statement')
  const format = useFormat()
  const { source, units = 0, tokens, usdCents, lotId, lots = [] } = charge
  const inTokens = (amount: number) => t('amount.tokens', { tokens: format.tokens(amount), count: amount })
  const parts = [
    t('amount.units', { count: units, units: format.number(units) }),
    ...(tokens === undefined ? [] : [inTokens(tokens)]),
    ...(usdCents === undefined ? [] : [format.usd(usdCents)]),
  ]
  return (
    <>
      <span>
        {t(`source.${source}`)}: <strong>{parts.join(' · ')}</strong>
      </span>
      {lotId !== undefined && <LotLink lotId={lotId} />}
      {lots.map((lot) => (
        <span key={lot.lotId}>
          <LotLink lotId={lot.lotId} /> {inTokens(lot.tokens)}
        </span>
      ))}
    </>
  )
}

/** A link to all entries of a lot. */
export function LotLink({ lotId }: { readonly lotId: string }) {
  const { t } = useTranslation('statement')
  return <Link href={pathOf(useTeamId(), 'statement', { lotId })}>{t('lot', { lotId })}</Link>
}
