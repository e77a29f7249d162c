import type { Account, Lot } from '../account/account.ts'
import { lotsAfterReversalMax } from '../account/bounds.ts'
import { findBudget, spanOf } from '../account/budgets.ts'
import { chargeBackDueId, findDue, invoiceDueId, tokenPrice } from '../account/dues.ts'
import { rateAt } from '../catalog/catalog.ts'
import type { Context } from '../catalog/context.ts'
import { type Decision, unchanged } from '../decision.ts'
import { budgetMove } from '../funding/budget.ts'
import { payShortfall } from '../funding/pay-shortfall.ts'
import { documentHead } from '../invoice/document.ts'
import type {
  Authorization,
  CreditNote,
  Entry,
  EntryBodyOf,
  EntryOf,
  ReturnedTokens,
} from '../journal/entry.ts'
import { erasedText } from '../journal/erasure.ts'
import { record } from '../journal/record.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { closesAt, type Period, previousPeriod } from '../time/time.ts'
import { noticesAt } from './grant-lot.ts'
import { drawsOf, type MoneyCharge, mergeUses, moneyByPrice, takePayers } from './reversed-charges.ts'
import { partsOf } from './reversed-parts.ts'
import { takeBackSurplus } from './take-back.ts'

/** The operation that is taken back. */
export type ReversedOperation =
  | { readonly authorizationId: string }
  | { readonly source: string; readonly id: string }

export interface Reverse {
  readonly kind: 'reverse'
  readonly reversalId: string
  readonly operation: ReversedOperation
  readonly reason: string
}

export interface ReverseContext extends Context {
  /** The reversal that was made under this id, or of this operation, before. */
  readonly earlier?: EntryOf<'reversal'>
  readonly found: FoundOperation | 'retired'
}

/** The entries of an operation, and what has happened to their charges since. */
export interface FoundOperation {
  readonly appId: string
  readonly meter: string
  readonly uses: readonly EntryOf<'capture' | 'usage'>[]
  /** The authorization as its latest entry leaves it; absent for a usage event. */
  readonly authorization?: Authorization
  /** Entries from its first use on, and as many before as further units need, oldest first. Empty where it was not paid. */
  readonly history: readonly Entry[]
  /** The lots that it drew on and that the account no longer has. */
  readonly lots: readonly FormerLot[]
}

/** A lot that is used up, expired or taken back. */
export interface FormerLot {
  readonly lot: Lot
  readonly spentMilliTokens: number
  /** Set where its payment was taken back: the price of spent tokens, 0 after a refund. */
  readonly withdrawnAt?: number
}

export interface Reversed {
  readonly entry: EntryOf<'reversal'>
}

/** Base units and days of one reversal, so that its entry and the usage view stay small. */
export const reversedDaysMax = 60

/**
 * Takes back all use of an authorization, or a usage event, once, with a reason: its charges return as they were made. Tokens go
 * back to their lot with its dates; pay-as-you-go leaves its open month, or is noted as a credit to a closed bill; shortfall
 * disappears, or what has paid for it comes back. Free amounts, app limits and the remainder follow: where the remainder would
 * leave the range of one unit, a unit of other use comes back too, or one unit fewer does. Refuses `NOT_REVERSIBLE`
 * where the operation is reversed already or retired, or where the meter's unit size has changed since, and `TOO_MANY_LOTS`
 * where the tokens would begin more lots again than an account may carry.
 */
export function reverse(
  account: Account,
  command: Reverse,
  context: ReverseContext,
): Decision<Reversed> | Refusal {
  const { earlier, found, now, catalog } = context
  if (earlier !== undefined) return repeat(account, command, earlier)
  if (found === 'retired') return refuse('NOT_REVERSIBLE', { because: 'retired' })
  const { meter, authorization, uses, history } = found
  const unitSize = rateAt(catalog, meter, now)?.unitSize ?? 0
  if (uses.some(({ usage }) => usage.funding === 'paid' && usage.unitSize !== unitSize))
    return refuse('NOT_REVERSIBLE', { because: 'unit-size' })
  const parts = partsOf(account, meter, uses, history, unitSize)
  if (parts === undefined) return refuse('NOT_REVERSIBLE', { because: 'retired' })
  const returned = [...parts.own, ...parts.alsoReturned]
  const merged = mergeUses(returned)
  if (merged.length > reversedDaysMax) return refuse('NOT_REVERSIBLE', { because: 'too-many-days' })

  // 1. The charges of the operation, and those that have paid for its shortfall since.
  const { stillDue, payers } = takePayers(account, returned, history)
  const charges = [...merged.flatMap(({ usage }) => usage.charges), ...payers]
  const tokens = returnTokens(account, found, drawsOf(charges), now)
  const money = moneyByPrice(returned, payers)
  const started = tokens.filter(({ lot, hasLapsed }) => !hasLapsed && !isIn(account.lots, lot.lotId))
  if (account.lots.length + started.length > lotsAfterReversalMax) return refuse('TOO_MANY_LOTS')

  // 2. Money of open months leaves them; that of closed bills lowers what is due, or becomes credit.
  const isOpen = ({ period }: MoneyCharge) => isOpenPeriod(account, period, now)
  const creditNotes = noteCredits(
    account,
    meter,
    money.filter((charge) => !isOpen(charge)),
  )
  const owed = lowerChargeBacks(account, tokens)
  const creditUsdCents =
    owed.creditUsdCents + creditNotes.reduce((sum, note) => sum + note.usdCents - note.dueUsdCents, 0)

  // 3. The entry. Returned tokens pay older shortfall of other use, as granted ones do.
  const { reversalId, reason, operation } = command
  const part =
    'source' in operation
      ? { source: operation.source, id: operation.id }
      : closed(account, authorization, uses, now)
  const body: EntryBodyOf<'reversal'> = {
    kind: 'reversal',
    reversalId,
    reason,
    appId: found.appId,
    meter,
    uses: merged,
    alsoReturned: parts.alsoReturned,
    kept: parts.kept,
    tokens: tokens.map(({ lot, milliTokens, hasLapsed }) => ({ lot, milliTokens, hasLapsed })),
    unbilled: money.filter(isOpen),
    creditNotes,
    creditUsdCents,
    owed: owed.dues,
    shortfall: stillDue,
    unpaid: payers,
    paidShortfall: [],
    ...part,
  }
  const without = record(account, now, body).account
  const paidShortfall = tokens.length > 0 ? payShortfall(without, now, catalog) : []
  const reversed = record(account, now, { ...body, paidShortfall })
  const taken = takeBackSurplus(reversed.account, context)
  return {
    account: taken.account,
    entries: [reversed.entry, ...taken.entries],
    answer: { entry: reversed.entry },
  }
}

function isIn(lots: Account['lots'], lotId: string): boolean {
  return lots.some((lot) => lot.lotId === lotId)
}

function repeat(
  account: Account,
  command: Reverse,
  earlier: EntryOf<'reversal'>,
): Decision<Reversed> | Refusal {
  const { reversalId, operation, reason } = command
  if (earlier.reversalId !== reversalId) return refuse('NOT_REVERSIBLE', { because: 'reversed' })
  const isSameReason = earlier.reason === reason || earlier.reason === erasedText
  return isSameReason && isOf(earlier, operation)
    ? unchanged(account, { entry: earlier })
    : refuse('IDEMPOTENCY_CONFLICT')
}

function isOf(entry: EntryOf<'reversal'>, operation: ReversedOperation): boolean {
  if ('source' in operation)
    return 'source' in entry && entry.source === operation.source && entry.id === operation.id
  return 'authorization' in entry && entry.authorization.authorizationId === operation.authorizationId
}

/** The authorization after its reversal: over, without a hold. Its budget gets back what was used of it in this day or month. */
function closed(
  account: Account,
  authorization: Authorization | undefined,
  uses: FoundOperation['uses'],
  now: number,
) {
  if (authorization === undefined) throw new Error('a reversal of an authorization finds it')
  const isOpen = !authorization.closed && now < authorization.expiresAt
  const sequence = authorization.sequence + 1
  const after = { ...authorization, held: 0, closed: true, closedBecause: 'reversed', sequence } as const
  const { budgetId, expiresAt } = authorization
  const held = budgetMove(account, authorization, after, now).budget?.held ?? 0
  const used = -usedOfBudget(account, budgetId, uses, now)
  const hasMoved = budgetId !== undefined && (held !== 0 || used !== 0)
  return {
    authorization: after,
    released: isOpen ? authorization.held : 0,
    ...(hasMoved && { budget: { budgetId, expiresAt, held, used } }),
  }
}

function usedOfBudget(
  account: Account,
  budgetId: string | undefined,
  uses: FoundOperation['uses'],
  now: number,
): number {
  const budget = findBudget(account, budgetId)
  if (budget === undefined) return 0
  const current = uses.filter(({ at }) => spanOf(budget.every, at) === spanOf(budget.every, now))
  return current.reduce((sum, use) => sum + ('budget' in use ? (use.budget?.used ?? 0) : 0), 0)
}

function isOpenPeriod(account: Account, period: Period, now: number): boolean {
  return period === account.period || (period === previousPeriod(account.period) && now < closesAt(period))
}

interface Returned extends ReturnedTokens {
  /** Set for a lot that was charged back: the price of the returned tokens. */
  readonly dueUsdCents: number
}

function returnTokens(
  account: Account,
  { lots }: FoundOperation,
  draws: ReadonlyMap<string, number>,
  now: number,
): readonly Returned[] {
  return [...draws].map(([lotId, milliTokens]) => {
    const present = account.lots.find((lot) => lot.lotId === lotId)
    const former = lots.find(({ lot }) => lot.lotId === lotId)
    const withdrawn = present === undefined ? formerWithdrawal(former) : present.withdrawn
    const lot = present ?? former?.lot
    if (lot === undefined) throw new Error(`lot ${lotId} was granted`)
    const spentMilliTokens = Math.max(0, (withdrawn?.spentMilliTokens ?? 0) - milliTokens)
    const price = withdrawn?.unitPriceUsdCents ?? 0
    return {
      lot: {
        ...lot,
        remaining: (present?.remaining ?? 0) + milliTokens,
        notices: present?.notices ?? noticesAt(lot.expiresAt, now),
        ...(withdrawn && { withdrawn: { unitPriceUsdCents: price, spentMilliTokens } }),
      },
      milliTokens,
      hasLapsed: now >= lot.expiresAt,
      dueUsdCents: tokenPrice(withdrawn?.spentMilliTokens ?? 0, price) - tokenPrice(spentMilliTokens, price),
    }
  })
}

function formerWithdrawal(former: FormerLot | undefined) {
  if (former?.withdrawnAt === undefined) return undefined
  return { unitPriceUsdCents: former.withdrawnAt, spentMilliTokens: former.spentMilliTokens }
}

/** Tokens that come back to a lot that was charged back are no longer due; what was paid for them becomes credit. */
function lowerChargeBacks(account: Account, tokens: readonly Returned[]) {
  let creditUsdCents = 0
  const dues = tokens.flatMap(({ lot, dueUsdCents }) => {
    const dueId = chargeBackDueId(lot.lotId)
    const due = findDue(account.dues, dueId)?.usdCents ?? 0
    creditUsdCents += Math.max(0, dueUsdCents - due)
    return dueUsdCents > 0 && due > 0 ? [{ dueId, usdCents: Math.max(0, due - dueUsdCents) }] : []
  })
  return { dues, creditUsdCents }
}

/** A credit note for each line of a closed bill. */
function noteCredits(
  account: Account,
  meter: string,
  charges: readonly MoneyCharge[],
): readonly CreditNote[] {
  const notes: CreditNote[] = []
  for (const { period, units, usdCents } of charges) {
    const noted = notes.reduce((sum, note) => (note.period === period ? sum + note.dueUsdCents : sum), 0)
    const due = (findDue(account.dues, invoiceDueId(period))?.usdCents ?? 0) - noted
    const head = documentHead(account, account.documents + notes.length + 1)
    notes.push({ ...head, period, meter, units, usdCents, dueUsdCents: Math.min(due, usdCents) })
  }
  return notes
}
