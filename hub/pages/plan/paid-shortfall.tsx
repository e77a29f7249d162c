import { useTranslation } from 'react-i18next'
import type { PurchaseAnswer as Purchase } from '../../../contract/purchase-tokens.ts'
import { useMeters } from '../../meters.ts'
import { useFormat } from '../../use-format.ts'

type Charge = NonNullable<Purchase['paysShortfall']>[number]

/** Unpaid usage that is paid first. Renders nothing if there is none. */
export function PaidShortfall({ charges }: { readonly charges: readonly Charge[] }) {
  const { t } = useTranslation('plan')
  const meters = useMeters()
  const format = useFormat()
  if (charges.length === 0) return null
  return (
    <div>
      <p>{t('paysShortfall.title')}</p>
      <ul className="preview">
        {charges.map(({ source, meter, units = 0, tokens, usdCents }) => (
          <li key={`${source} ${meter}`}>
            {meters.name(meter)}: {t('paysShortfall.units', { count: units })}
            {tokens !== undefined && ` · ${t('paysShortfall.tokens', { tokens: format.tokens(tokens) })}`}
            {usdCents !== undefined && ` · ${format.usd(usdCents)}`}
          </li>
        ))}
      </ul>
    </div>
  )
}
