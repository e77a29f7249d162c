import type { Due } from './account.ts'

/** The purpose of a payment: the bill of a period, a purchase, or the spent tokens of a purchase that was charged back. */
export type PaidFor =
  | { readonly invoice: string }
  | { readonly purchase: string }
  | { readonly chargeBack: string }

export function invoiceDueId(period: string): string {
  return `invoice:${period}`
}

export function chargeBackDueId(purchaseId: string): string {
  return `charge-back:${purchaseId}`
}

/** The due that a payment is for, `invoice:2026-02` or `charge-back:p1`; undefined where it is for a purchase. */
export function dueIdOf(paidFor: PaidFor): string | undefined {
  if ('invoice' in paidFor) return invoiceDueId(paidFor.invoice)
  return 'chargeBack' in paidFor ? chargeBackDueId(paidFor.chargeBack) : undefined
}

/** The purpose of payments of a due. A period and a purchase's id have no colon, so the first one separates. */
export function paidForOf(dueId: string): PaidFor {
  const separator = dueId.indexOf(':')
  const subject = dueId.slice(separator + 1)
  return dueId.slice(0, separator) === 'invoice' ? { invoice: subject } : { chargeBack: subject }
}

/** Price in whole US cents of thousandths of tokens; a part of a cent is not charged. */
export function tokenPrice(milliTokens: number, unitPriceUsdCents: number): number {
  return Math.floor((milliTokens * unitPriceUsdCents) / 1_000)
}

export function findDue(dues: readonly Due[], dueId: string | undefined): Due | undefined {
  return dues.find((due) => due.dueId === dueId)
}

/** The dues with one amount changed; an amount of zero removes the due. A new due counts as failed at `failedAt`. */
export function withDue(
  dues: readonly Due[],
  { dueId, usdCents }: { readonly dueId: string; readonly usdCents: number },
  failedAt: number,
): readonly Due[] {
  if (usdCents === 0) return dues.filter((due) => due.dueId !== dueId)
  if (findDue(dues, dueId) === undefined) return [...dues, { dueId, usdCents, failedAt, steps: 0 }]
  return dues.map((due) => (due.dueId === dueId ? { ...due, usdCents } : due))
}
