import { type Account, hasBill, type Lot, noticeDays, spentUsdCents, termsAt } from './account/account.ts'
import { tidy } from './account/tidy.ts'
import type { Catalog } from './catalog/catalog.ts'
import { surplusOf } from './commands/take-back.ts'
import { payShortfall } from './funding/pay-shortfall.ts'
import { documentHead } from './invoice/document.ts'
import { invoiceLines } from './invoice/invoice.ts'
import { nextStep } from './invoice/recovery.ts'
import type { Entry, EntryBody } from './journal/entry.ts'
import { record } from './journal/record.ts'
import {
  closesAt,
  dayMs,
  earliest,
  type Instant,
  type Period,
  periodEnd,
  periodOf,
  previousPeriod,
} from './time/time.ts'

export interface Advanced {
  readonly account: Account
  readonly entries: readonly Entry[]
}

/**
 * Applies what time alone does to the account until `now`, with an entry for each thing that fell due, in order. Runs before
 * every decision, so nothing depends on when, or whether, a schedule fires.
 */
export function advance(before: Account, now: Instant, catalog: Catalog): Advanced {
  const entries: Entry[] = []
  let account = before
  for (let due = nextDue(account, now, catalog); due !== undefined; due = nextDue(account, now, catalog)) {
    const next = record(account, due.at, due.body)
    account = next.account
    entries.push(next.entry)
  }
  return { account: tidy(account, now), entries }
}

/** The instant at which time alone next makes an entry, or may make one; undefined when it never will. */
export function nextDueAt(account: Account): Instant | undefined {
  const due = nextEntryAt(account)
  if (!account.lots.some(isWithdrawn)) return due
  const surplusAt = holdEnds(account)[0] ?? account.at
  return due === undefined ? surplusAt : Math.min(due, surplusAt)
}

interface DueEntry {
  readonly at: Instant
  readonly body: EntryBody
}

/** The next entry that time has made until `now`; undefined when there is none. */
function nextDue(account: Account, now: Instant, catalog: Catalog): DueEntry | undefined {
  const surplus = nextSurplus(account, now, catalog)
  const at = nextEntryAt(account)
  if (surplus !== undefined && (at === undefined || surplus.at < at)) return surplus
  return at === undefined || at > now ? undefined : { at, body: dueEntry(account, at, catalog) }
}

/** The first instant until `now` at which a withdrawn lot has tokens that no open authorization needs. */
function nextSurplus(account: Account, now: Instant, catalog: Catalog): DueEntry | undefined {
  if (!account.lots.some(isWithdrawn)) return undefined
  for (const at of [account.at, ...holdEnds(account).filter((end) => end <= now)]) {
    const body = surplusOf(tidy(account, at), { now: at, catalog })
    if (body !== undefined) return { at, body }
  }
  return undefined
}

function isWithdrawn({ withdrawn }: Lot): boolean {
  return withdrawn !== undefined
}

/** The instants at which open authorizations of a paid plan end, the earliest first. */
function holdEnds(account: Account): readonly Instant[] {
  const ends = Object.values(account.meters).flatMap(({ paid }) => paid.map(({ expiresAt }) => expiresAt))
  return ends.toSorted((a, b) => a - b)
}

function nextEntryAt(account: Account): Instant | undefined {
  const dates = [
    ...account.lots.flatMap((lot) => [lot.expiresAt, noticeAt(lot) ?? lot.expiresAt]),
    ...account.dues.flatMap((owed) => nextStep(owed)?.at ?? []),
    ...(hasTurn(account) ? [periodEnd(account.period)] : []),
    ...(hasBill(account, 'previous') ? [closesAt(previousPeriod(account.period))] : []),
  ]
  return earliest(...dates)
}

function dueEntry(account: Account, due: Instant, catalog: Catalog): EntryBody {
  const lot = account.lots.find(({ expiresAt }) => expiresAt === due)
  if (lot !== undefined) return { kind: 'lot-expired', lotId: lot.lotId, milliTokens: lot.remaining }
  const noticed = account.lots.find((other) => noticeAt(other) === due)
  if (noticed !== undefined) {
    const { lotId, notices, remaining } = noticed
    return { kind: 'lot-expiring', lotId, days: noticeDays[notices] ?? 0, milliTokens: remaining }
  }
  const bill = account.dues.find((owed) => nextStep(owed)?.at === due)
  const step = bill === undefined ? undefined : nextStep(bill)
  if (bill !== undefined && step !== undefined) {
    return { kind: 'payment-recovery', dueId: bill.dueId, step: bill.steps, action: step.action }
  }
  if (hasBill(account, 'previous') && due === closesAt(previousPeriod(account.period))) {
    return closePeriod(account, previousPeriod(account.period), catalog)
  }
  return startPeriod(account, due, catalog)
}

/** The instant of the next notice that a lot will expire; undefined after the last one. */
function noticeAt(lot: Lot): Instant | undefined {
  const days = noticeDays[lot.notices]
  return days === undefined ? undefined : lot.expiresAt - days * dayMs
}

/** Bills a month and the amount carried from earlier bills. An amount below the processor's minimum is carried to the next bill. */
function closePeriod(account: Account, period: Period, { minimumBillUsdCents }: Catalog): EntryBody {
  const usdCents = spentUsdCents(account, 'previous')
  const carriedInUsdCents = account.carriedUsdCents
  const creditUsdCents = Math.min(account.creditUsdCents, usdCents + carriedInUsdCents)
  const rest = usdCents + carriedInUsdCents - creditUsdCents
  const carriedUsdCents = rest < minimumBillUsdCents ? rest : 0
  const lines = invoiceLines(account, 'previous')
  const amounts = { usdCents, creditUsdCents, carriedInUsdCents, carriedUsdCents }
  return { kind: 'period-closed', ...documentHead(account, account.documents + 1), period, lines, ...amounts }
}

function startPeriod(account: Account, due: Instant, catalog: Catalog): EntryBody {
  const body = { kind: 'period-started', period: periodOf(due), plan: termsAt(account, due).plan } as const
  const opened = record(account, due, { ...body, paidShortfall: [] }).account
  return { ...body, paidShortfall: payShortfall(opened, due, catalog) }
}

/** A month's end makes an entry for counted use, a plan that begins then, or shortfall that a new spend limit can pay. */
function hasTurn(account: Account): boolean {
  const end = periodEnd(account.period)
  return (
    Object.values(account.meters).some(
      ({ current }) => current.free + current.units + (current.included ?? 0) > 0,
    ) ||
    account.limits.some((limit) => limit.used > 0) ||
    account.terms.some((terms) => terms.from === end) ||
    (account.shortfall.length > 0 && termsAt(account, end).payAsYouGo)
  )
}

/** The end of the account's current month: its free amounts begin again. */
export function resetsAt(account: Account): Instant {
  return periodEnd(account.period)
}
