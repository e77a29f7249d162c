import type { EntryBodyOf } from '../journal/entry.ts'
import type { Instant } from '../time/time.ts'
import type { Account, PendingPurchase } from './account.ts'
import { lotsMax } from './bounds.ts'
import { payableName, payUntil } from './payable.ts'

/** True where the team may not start another lot: its lots, and purchases that may still become lots, are too many. */
export function isFullOfLots({ lots, pendingPurchases = [] }: Account): boolean {
  return lots.length + pendingPurchases.length >= lotsMax
}

/** Notes a purchase that is not paid yet. */
export function addPending(account: Account, purchase: PendingPurchase): Account {
  const { purchaseId, usdCents } = purchase
  return withPending(account, [...(account.pendingPurchases ?? []), { purchaseId, usdCents }])
}

/** Removes a purchase that has become a lot, or was given up; other ids change nothing. */
export function removePending(account: Account, purchaseId: string): Account {
  const { pendingPurchases = [] } = account
  const others = pendingPurchases.filter((pending) => pending.purchaseId !== purchaseId)
  return others.length === pendingPurchases.length ? account : withPending(account, others)
}

/** Notes the first failure of a pending purchase; 30 days after it the purchase counts as given up. */
export function notePendingPayment(account: Account, { paidFor, payable }: EntryBodyOf<'payment'>): Account {
  if (!('purchase' in paidFor)) return account
  const purchaseId = payableName(paidFor)
  const isOpen = payable.status === 'pending' || payable.status === 'failed'
  if (!isOpen) return removePending(account, purchaseId)
  const { failedAt } = payable
  if (failedAt === undefined || account.pendingPurchases === undefined) return account
  const noted = account.pendingPurchases.map((pending) =>
    pending.purchaseId === purchaseId ? { ...pending, failedAt } : pending,
  )
  return withPending(account, noted)
}

/** Removes purchases whose time to pay again is over. */
export function dropGivenUp(account: Account, at: Instant): Account {
  const { pendingPurchases = [] } = account
  const open = pendingPurchases.filter(
    (pending) => at < (payUntil({ status: 'failed', ...pending }) ?? Number.POSITIVE_INFINITY),
  )
  return open.length === pendingPurchases.length ? account : withPending(account, open)
}

function withPending(account: Account, pending: readonly PendingPurchase[]): Account {
  const { pendingPurchases: _, ...others } = account
  return pending.length === 0 ? others : { ...others, pendingPurchases: pending }
}
