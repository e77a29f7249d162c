import type { BalanceAnswer as Balance } from '../../contract/get-balance.ts'
import { FailedPayment } from './failed-payment.tsx'

/** The bills and charge-backs whose payment failed. Only admins see them. */
export function failedDues({ dues = [] }: Pick<Balance, 'dues'>): NonNullable<Balance['dues']> {
  return dues.filter(({ failedAt }) => failedAt !== undefined)
}

/** The failed payments of purchases, which can be paid again. Only admins see them. */
export function FailedPurchases({ balance }: { readonly balance: Pick<Balance, 'failedPurchases'> }) {
  const { failedPurchases = [] } = balance
  return failedPurchases.map((purchase) => <FailedPayment key={purchase.purchaseId} payment={purchase} />)
}

/** The failed payments of bills and charge-backs, in the words that lists and mails use. */
export function FailedDues({ balance }: { readonly balance: Pick<Balance, 'dues' | 'at'> }) {
  return failedDues(balance).map((due) => <FailedPayment key={due.dueId} payment={due} now={balance.at} />)
}
