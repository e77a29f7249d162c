import { dueIdOf } from '../account/dues.ts'
import type { Entry, EntryOf } from './entry.ts'

/** Acts on money that operators look at month by month. */
export const moneyActKinds = ['failed', 'credited', 'refunded', 'charged-back'] as const
export type MoneyActKind = (typeof moneyActKinds)[number]

/** The money of one entry: an amount in US cents, or credited tokens. */
export interface MoneyAct {
  readonly kind: MoneyActKind
  readonly usdCents: number
  readonly tokens: number
}

/**
 * The act of an entry: a failed payment, what a team got as credit or off its dues, or money that went back. Undefined for other
 * entries, and for results of payments that changed nothing.
 */
export function moneyActOf(entry: Entry): MoneyAct | undefined {
  if (entry.kind === 'adjustment')
    return { kind: 'credited', usdCents: entry.creditUsdCents, tokens: entry.tokens }
  if (entry.kind === 'reversal') {
    const usdCents = entry.creditNotes.reduce((sum, note) => sum + note.dueUsdCents, entry.creditUsdCents)
    return usdCents > 0 ? { kind: 'credited', usdCents, tokens: 0 } : undefined
  }
  return entry.kind === 'payment' ? paymentAct(entry) : undefined
}

function paymentAct(entry: EntryOf<'payment'>): MoneyAct | undefined {
  const { status, usdCents, paidFor, payable, creditUsdCents } = entry
  if (creditUsdCents > 0) return { kind: 'credited', usdCents: creditUsdCents, tokens: 0 }
  if (status === 'settled') return undefined
  const hasChanged = payable.status === status || creditUsdCents < 0
  const isCounted = hasChanged || (status !== 'failed' && dueIdOf(paidFor) !== undefined)
  return isCounted ? { kind: status, usdCents, tokens: 0 } : undefined
}
