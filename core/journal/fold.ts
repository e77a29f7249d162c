import { type Account, type Due, noTally } from '../account/account.ts'
import { moveBudget, withoutBudget } from '../account/budgets.ts'
import { applyPaidShortfall } from '../account/charges.ts'
import { dueIdOf, invoiceDueId, withDue } from '../account/dues.ts'
import { inDrawOrder } from '../account/lots.ts'
import { mapMeters } from '../account/meters.ts'
import { addPending, notePendingPayment, removePending } from '../account/pending-purchases.ts'
import { withTerms } from '../account/terms.ts'
import { tidy } from '../account/tidy.ts'
import { addHeld, countLateUsage, countUsage } from '../account/usage.ts'
import { assert } from '../assert.ts'
import { billedUsdCents } from '../invoice/invoice.ts'
import { withDues } from '../invoice/recovery.ts'
import { dayMs, type Instant, type Period } from '../time/time.ts'
import type { Entry, EntryBody, EntryBodyOf } from './entry.ts'
import { erasedText } from './erasure.ts'
import { applyReversal } from './reversal.ts'

/** Usage events may be this old, so plans are remembered a little longer. */
export const termsKeptMs = 35 * dayMs

/**
 * The account after one more entry. This is the fold: a journal, applied to an empty account entry by entry, gives the
 * account, field by field. It needs no rate card, because an entry carries every number that it moves.
 */
export function apply(before: Account, entry: Entry): Account {
  assert(entry.version === before.version + 1, `entry ${entry.version} follows version ${before.version}`)
  const account = { ...tidy(before, entry.at), version: entry.version, at: entry.at }
  return applyBody(account, entry, entry.at)
}

function applyBody(account: Account, body: EntryBody, at: Instant): Account {
  switch (body.kind) {
    case 'team-changed': {
      const { profile, teamVersion, paidShortfall = [] } = body
      return applyPaidShortfall({ ...account, profile, teamVersion }, paidShortfall)
    }
    case 'hub-named':
    case 'app-moved':
    case 'payment-requested':
    case 'campaign-notice':
    case 'alert-noted':
      return account
    case 'purchase':
      return addPending(account, body)
    case 'purchase-given-up':
      return removePending(account, body.purchaseId)
    case 'plan-changed': {
      const { spendLimitUsdCents } = body
      const terms = withTerms(account.terms, body.terms, at - termsKeptMs)
      return applyPaidShortfall({ ...account, terms, spendLimitUsdCents }, body.paidShortfall)
    }
    case 'authorization':
      return moveBudget(addHeld(account, body.authorization, body.authorization.held), body.budget, at)
    case 'void':
      return moveBudget(addHeld(account, body.authorization, -body.released), body.budget, at)
    case 'capture': {
      const released = addHeld(account, body.authorization, -body.released)
      return moveBudget(countUsage(released, body.usage), body.budget, at)
    }
    case 'usage':
      return body.isLate ? countLateUsage(account, body.usage) : countUsage(account, body.usage)
    case 'lot-granted':
      return applyPaidShortfall(grantLot(account, body), body.paidShortfall)
    case 'lot-expiring':
      return { ...account, lots: countNotice(account, body.lotId) }
    case 'lot-expired':
      return { ...account, lots: account.lots.filter((lot) => lot.lotId !== body.lotId) }
    case 'period-started':
      return applyPaidShortfall(startPeriod(account, body.period), body.paidShortfall)
    case 'period-closed':
      return closePeriod(account, body)
    case 'limit-set':
      return { ...account, limits: setLimit(account, body) }
    case 'budget-made': {
      const { budgetId, appId, measure, every, amount, endsAt } = body
      const budget = { budgetId, appId, measure, every, amount, endsAt, usedIn: '', used: 0, held: [] }
      return { ...account, budgets: [...(account.budgets ?? []), budget] }
    }
    case 'budget-revoked':
      return withoutBudget(account, body.budgetId)
    case 'payment':
      return applyPayment(notePendingPayment(account, body), body, at)
    case 'tokens-taken-back':
      return { ...account, lots: takeTokens(account, body) }
    case 'reversal':
      return applyReversal(account, body, at)
    case 'payment-recovery':
      return takeRecoveryStep(account, body, at)
    case 'subscriptions-changed':
      return { ...account, subscriptions: body.subscriptions }
    case 'suspended':
      return { ...account, suspendedBecause: body.reason }
    case 'resumed':
      return { ...account, suspendedBecause: undefined }
    case 'personal-data-erased':
      return account.suspendedBecause === undefined ? account : { ...account, suspendedBecause: erasedText }
    case 'adjustment':
      return { ...account, creditUsdCents: account.creditUsdCents + body.creditUsdCents }
  }
}

function grantLot(before: Account, { lot, receipt }: EntryBodyOf<'lot-granted'>): Account {
  const account = removePending(before, lot.lotId)
  const lots = inDrawOrder([...account.lots, lot])
  return { ...account, lots, receipts: receipt?.number ?? account.receipts }
}

function countNotice(account: Account, lotId: string): Account['lots'] {
  return account.lots.map((lot) => (lot.lotId === lotId ? { ...lot, notices: lot.notices + 1 } : lot))
}

function startPeriod(account: Account, period: Period): Account {
  const meters = mapMeters(account, (state) => ({ ...state, previous: state.current, current: noTally }))
  return { ...account, period, meters, limits: account.limits.map((limit) => ({ ...limit, used: 0 })) }
}

/** Makes a due of the amount after the team's credit; an amount of zero makes none. */
function closePeriod(account: Account, entry: EntryBodyOf<'period-closed'>): Account {
  const meters = mapMeters(account, (state) => ({ ...state, previous: noTally }))
  const { creditUsdCents, carriedUsdCents } = entry
  const usdCents = billedUsdCents(entry)
  const bill: Due = { dueId: invoiceDueId(entry.period), usdCents, steps: 0 }
  const dues = usdCents > 0 ? [...account.dues, bill] : account.dues
  const credit = account.creditUsdCents - creditUsdCents
  return { ...account, meters, dues, creditUsdCents: credit, carriedUsdCents, documents: entry.number }
}

function setLimit(account: Account, entry: EntryBodyOf<'limit-set'>): Account['limits'] {
  const { appId, meter, perPeriod, used, held, fromVersion } = entry
  const others = account.limits.filter((limit) => limit.appId !== appId || limit.meter !== meter)
  if (perPeriod === null) return others
  const counted = { used, held, ...(fromVersion !== undefined && { fromVersion }) }
  return [...others, { appId, meter, perPeriod, ...counted }]
}

/** Applies a payment's effect. A failed due counts from its first failure; with the last overdue due, the stop ends. */
function applyPayment(before: Account, entry: EntryBodyOf<'payment'>, at: Instant): Account {
  const { status, paidFor, owed, withdrawn, restored } = entry
  const account = { ...before, creditUsdCents: before.creditUsdCents + entry.creditUsdCents }
  const dueId = dueIdOf(paidFor)
  if (status === 'failed') {
    const fail = (due: Due): Due => ({ ...due, failedAt: due.failedAt ?? at })
    return { ...account, dues: account.dues.map((due) => (due.dueId === dueId ? fail(due) : due)) }
  }
  const owing = withDues(account, owed === undefined ? account.dues : withDue(account.dues, owed, at))
  if (withdrawn !== undefined) return { ...owing, lots: withdrawLot(owing, withdrawn) }
  if (restored === undefined) return owing
  const others = owing.lots.filter(({ lotId }) => lotId !== restored.lot.lotId)
  return applyPaidShortfall(
    { ...owing, lots: inDrawOrder([...others, restored.lot]) },
    restored.paidShortfall,
  )
}

function withdrawLot(
  { lots }: Account,
  { lotId, unitPriceUsdCents, spentMilliTokens }: NonNullable<EntryBodyOf<'payment'>['withdrawn']>,
): Account['lots'] {
  return lots.map((lot) =>
    lot.lotId === lotId ? { ...lot, withdrawn: { unitPriceUsdCents, spentMilliTokens } } : lot,
  )
}

function takeTokens({ lots }: Account, { lotId, milliTokens }: EntryBodyOf<'tokens-taken-back'>) {
  const taken = lots.map((lot) =>
    lot.lotId === lotId ? { ...lot, remaining: lot.remaining - milliTokens } : lot,
  )
  return taken.filter((lot) => lot.remaining > 0)
}

function takeRecoveryStep(account: Account, entry: EntryBodyOf<'payment-recovery'>, at: Instant): Account {
  const dues = account.dues.map((due) => (due.dueId === entry.dueId ? { ...due, steps: due.steps + 1 } : due))
  const overdueSince = entry.action === 'stop' ? (account.overdueSince ?? at) : account.overdueSince
  return { ...account, dues, overdueSince }
}
