import { useTranslation } from 'react-i18next'
import type { BalanceAnswer as Balance } from '../../../contract/get-balance.ts'
import { Notice } from '../../components/notice.tsx'
import { useMeters } from '../../meters.ts'
import { useFormat } from '../../use-format.ts'

/** Usage that could not be paid. */
export function Shortfall({ shortfall }: { readonly shortfall: Balance['shortfall'] }) {
  const { t } = useTranslation('overview')
  const meters = useMeters()
  const format = useFormat()
  if (shortfall.length === 0) return null
  return (
    <Notice title={t('shortfall.title')} tone="bad">
      <p>{t('shortfall.detail')}</p>
      <ul>
        {shortfall.map(({ meter, units, tokens, usdCents }) => (
          <li key={`${meter} ${tokens}`}>
            {t('shortfall.row', {
              meter: meters.name(meter),
              units: format.number(units),
              tokens: format.tokens(tokens ?? 0),
              usd: format.usd(usdCents ?? 0),
            })}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
