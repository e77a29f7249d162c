import { type Lease, leftOf } from './lease.ts'

/** The leases of one app and meter. */
export interface Stock {
  /** The leases that are open for calls: the one that is spent, and the one after it. */
  open: readonly Lease[]
  /** The leases that await their last report. */
  readonly closing: Set<Lease>
  /** Base units that were given back after their report: the next calls use them. */
  credit: number
}

/** Base units that are left for calls. */
export function stockLeft({ open, credit }: Stock): number {
  return open.reduce((sum, lease) => sum + leftOf(lease), credit)
}

/** Spends a quantity that is left, from several leases if need be. Returns the leases that it changed. */
export function spendStock(stock: Stock, quantity: number): readonly Lease[] {
  const credit = Math.min(stock.credit, quantity)
  stock.credit -= credit
  let missing = quantity - credit
  const changed = stock.open.filter((lease) => {
    const part = Math.min(missing, leftOf(lease))
    lease.spent += part
    missing -= part
    return part > 0
  })
  putAside(stock, (lease) => leftOf(lease) === 0)
  return changed
}

/** Takes spent units back where no report has them yet. Returns the leases that it changed; the rest becomes credit. */
export function returnToStock(stock: Stock, quantity: number): readonly Lease[] {
  let missing = quantity
  const changed = [...stock.open, ...stock.closing].filter((lease) => {
    const part = Math.min(missing, lease.spent - lease.reported)
    lease.spent -= part
    missing -= part
    return part > 0
  })
  stock.credit += missing
  return changed
}

/** Puts open leases aside, for their last report. */
export function putAside(stock: Stock, isOver: (lease: Lease) => boolean): void {
  for (const lease of stock.open) if (isOver(lease)) stock.closing.add(lease)
  stock.open = stock.open.filter((lease) => !stock.closing.has(lease))
}
