import type { Account } from '../account/account.ts'
import { isFullOfLots } from '../account/pending-purchases.ts'
import type { Context } from '../catalog/context.ts'
import { type Decision, unchanged } from '../decision.ts'
import type { EntryOf } from '../journal/entry.ts'
import { erasedText } from '../journal/erasure.ts'
import { record } from '../journal/record.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { grantLot, lotOf } from './grant-lot.ts'

export interface Adjust {
  readonly kind: 'adjust'
  readonly adjustmentId: string
  readonly reason: string
  /** Whole tokens. */
  readonly tokens?: number
  readonly usdCents?: number
}

export interface AdjustContext extends Context {
  /** The adjustment that was made under this id before. */
  readonly earlier?: EntryOf<'adjustment'>
}

/** Credits a team, with a reason, once per id: a lot of tokens, or money off its next bill. */
export function adjust(
  account: Account,
  command: Adjust,
  context: AdjustContext,
): Decision<undefined> | Refusal {
  const { adjustmentId, reason, tokens, usdCents } = command
  const { earlier, now } = context
  if (earlier !== undefined)
    return isSame(earlier, command) ? unchanged(account, undefined) : refuse('IDEMPOTENCY_CONFLICT')
  if (tokens !== undefined && isFullOfLots(account)) return refuse('TOO_MANY_LOTS')
  const amounts = { tokens: tokens ?? 0, creditUsdCents: usdCents ?? 0 }
  const noted = record(account, now, { kind: 'adjustment', adjustmentId, reason, ...amounts })
  if (tokens === undefined) return { account: noted.account, entries: [noted.entry], answer: undefined }
  // A purchase's id cannot contain a colon, so the two kinds of lots never share an id.
  const granted = grantLot(noted.account, lotOf(`adjustment:${adjustmentId}`, tokens, now), context)
  return { account: granted.account, entries: [noted.entry, granted.entry], answer: undefined }
}

function isSame(entry: EntryOf<'adjustment'>, { reason, tokens, usdCents }: Adjust): boolean {
  const isSameReason = entry.reason === reason || entry.reason === erasedText
  return isSameReason && entry.tokens === (tokens ?? 0) && entry.creditUsdCents === (usdCents ?? 0)
}
