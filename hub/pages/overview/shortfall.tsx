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
  const counted = (meter: string, units: number, tokens = 0) => ({
    meter: meters.name(meter),
    units: format.number(units),
    tokens: format.tokens(tokens),
  })
  return (
    <Notice title={t('shortfall.title')} tone="bad">
      <p>{t('shortfall.detail')}</p>
      <ul>
        {shortfall.map(({ meter, units, tokens, usdCents }) => (
          <li key={`${meter} ${tokens}`}>
            {usdCents === undefined
              ? t('shortfall.tokens', counted(meter, units, tokens))
              : t('shortfall.row', { ...counted(meter, units, tokens), usd: format.usd(usdCents) })}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
