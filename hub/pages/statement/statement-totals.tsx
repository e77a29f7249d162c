import { useTranslation } from 'react-i18next'
import { useMeters } from '../../meters.ts'
import { useFormat } from '../../use-format.ts'
import type { Entry, StatementFilters } from './entry.ts'
import { type Sum, totalsOf } from './totals.ts'

export interface StatementTotalsProps {
  readonly entries: readonly Entry[]
  readonly filters: StatementFilters
  /** True if all entries are loaded. */
  readonly isAll: boolean
}

/** The totals of the entries that are shown. */
export function StatementTotals({ entries, filters, isAll }: StatementTotalsProps) {
  const { t } = useTranslation('statement')
  const meters = useMeters()
  const totals = totalsOf(entries, filters, (meter) => meters.rated(meter)?.api)
  const { used, charged, paidShortfall } = totals
  return (
    <section className="totals" aria-label={t('totals.title')} aria-live="polite">
      <p>
        {t('totals.entries', { count: totals.entries })}
        {!isAll && ` ${t('totals.soFar')}`}
      </p>
      {used !== undefined && (
        <p>
          {t('totals.used')} <strong>{meters.quantity(used.meter, used.quantity)}</strong>
        </p>
      )}
      {charged.units > 0 && <SumLine name={t('totals.charged')} sum={charged} />}
      {paidShortfall.units > 0 && <SumLine name={t('totals.paidShortfall')} sum={paidShortfall} />}
    </section>
  )
}

function SumLine({ name, sum }: { readonly name: string; readonly sum: Sum }) {
  const { t } = useTranslation('statement')
  const format = useFormat()
  const parts = [
    t('amount.units', { count: sum.units, units: format.number(sum.units) }),
    ...(sum.tokens > 0 ? [t('amount.tokens', { tokens: format.tokens(sum.tokens), count: sum.tokens })] : []),
    ...(sum.usdCents > 0 ? [format.usd(sum.usdCents)] : []),
  ]
  return (
    <p>
      {name} <strong>{parts.join(' · ')}</strong>
    </p>
  )
}
