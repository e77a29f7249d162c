import type { UseQueryResult } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { PurchaseAnswer as Purchase } from '../../../contract/purchase-tokens.ts'
import { View } from '../../components/view.tsx'
import { useMayChange } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'
import { PaidShortfall } from './paid-shortfall.tsx'

/** Keeps the height of the line that follows. */
const emptyLine = <p>{'\u00a0'}</p>

/** The date on which the tokens would expire and what they would pay at once, or the reason why they cannot be bought. */
export function PurchasePreview({ preview }: { readonly preview: UseQueryResult<Purchase> }) {
  const { t } = useTranslation('plan')
  const format = useFormat()
  if (!useMayChange()) return null
  return (
    <View query={preview} skeleton={emptyLine}>
      {({ lot, paysShortfall = [] }) => (
        <>
          {lot && <p>{t('tokens.expires', { at: format.instant(lot.expiresAt) })}</p>}
          <PaidShortfall charges={paysShortfall} />
        </>
      )}
    </View>
  )
}
