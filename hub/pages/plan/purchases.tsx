import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TokenPurchaseAnswer as TokenPurchase } from '../../../contract/purchase.ts'
import { useAnswer } from '../../api/queries.ts'
import { Badge } from '../../components/badge.tsx'
import { Button } from '../../components/button.tsx'
import { DownloadButton } from '../../components/download-button.tsx'
import { Panel } from '../../components/panel.tsx'
import { Table } from '../../components/table.tsx'
import { View } from '../../components/view.tsx'
import { useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'
import { OpenPurchase } from './open-purchase.tsx'

const tones = {
  granted: 'good',
  'payment-pending': 'warn',
  'payment-failed': 'bad',
  'given-up': 'plain',
  refunded: 'plain',
  'charged-back': 'bad',
} as const

/** The purchases of tokens, newest first, a page at a time. Those that are not paid can be paid again or given up. */
export function Purchases() {
  const { t } = useTranslation('plan')
  const params = { teamId: useTeamId() }
  const [cursors, setCursors] = useState<readonly string[]>([])
  const cursor = cursors.at(-1)
  const query = cursor === undefined ? {} : { cursor }
  const purchases = useAnswer('listPurchases', { params, query })
  return (
    <Panel title={t('purchases.title')}>
      <View
        query={purchases}
        isEmpty={(found) => found.purchases.length === 0 && cursors.length === 0}
        empty={<p>{t('purchases.none')}</p>}
      >
        {(found) => (
          <>
            <PurchaseTable purchases={found.purchases} />
            {(found.cursor !== undefined || cursors.length > 0) && (
              <div className="buttons">
                <Button isDisabled={cursors.length === 0} onPress={() => setCursors(cursors.slice(0, -1))}>
                  {t('purchases.newer')}
                </Button>
                <Button
                  isDisabled={found.cursor === undefined}
                  onPress={() => found.cursor !== undefined && setCursors([...cursors, found.cursor])}
                >
                  {t('purchases.older')}
                </Button>
              </div>
            )}
          </>
        )}
      </View>
    </Panel>
  )
}

function PurchaseTable({ purchases }: { readonly purchases: readonly TokenPurchase[] }) {
  const { t } = useTranslation('plan')
  const format = useFormat()
  const columns = [
    { name: t('purchases.column.bought') },
    { name: t('purchases.column.tokens'), isNumber: true },
    { name: t('purchases.column.price'), isNumber: true },
    { name: t('purchases.column.status') },
    { name: t('purchases.column.left'), isNumber: true },
  ]
  return (
    <Table label={t('purchases.title')} columns={columns}>
      {purchases.map((purchase) => (
        <tr key={purchase.purchaseId}>
          <th scope="row">
            {format.instant(purchase.purchasedAt)} <small>{purchase.purchaseId}</small>
          </th>
          <td className="number">{format.tokens(purchase.tokens)}</td>
          <td className="number">{format.usd(purchase.usdCents)}</td>
          <td className="purchase-state">
            <Badge tone={tones[purchase.status]}>{t(`purchases.status.${purchase.status}`)}</Badge>
            <OpenPurchase purchase={purchase} />
            <Receipt purchase={purchase} />
          </td>
          <td className="number">
            <TokensLeft purchase={purchase} />
          </td>
        </tr>
      ))}
    </Table>
  )
}

/** Saves the receipt as a page to print. Renders nothing until the payment has settled. */
function Receipt({ purchase: { purchaseId, lot } }: { readonly purchase: TokenPurchase }) {
  const { t } = useTranslation('plan')
  const teamId = useTeamId()
  if (lot === undefined) return null
  return (
    <DownloadButton
      label={t('purchases.receipt')}
      call="getReceipt"
      given={{ params: { teamId, purchaseId } }}
      type="text/html"
      fileName={`${teamId}-receipt-${purchaseId}.html`}
    />
  )
}

/** The tokens that are left, and what became of the others. */
function TokensLeft({ purchase }: { readonly purchase: TokenPurchase }) {
  const { t } = useTranslation('plan')
  const format = useFormat()
  const { lot } = purchase
  if (lot === undefined) return '–'
  const parts = (['spent', 'expired', 'refunded'] as const).flatMap((part) => {
    const tokens = purchase[part] ?? 0
    return tokens > 0 ? [t(`purchases.${part}`, { tokens: format.tokens(tokens) })] : []
  })
  return (
    <>
      {format.tokens(lot.remaining)} <small>{parts.join(' · ')}</small>
    </>
  )
}
