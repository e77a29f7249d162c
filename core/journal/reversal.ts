import { type Account, meterState, type Tally } from '../account/account.ts'
import { moveBudget } from '../account/budgets.ts'
import { applyPaidShortfall, isSamePrice } from '../account/charges.ts'
import { findDue, invoiceDueId, withDue } from '../account/dues.ts'
import { inDrawOrder } from '../account/lots.ts'
import { addIncluded, withMeter } from '../account/meters.ts'
import { takeUnits } from '../account/tally.ts'
import { addHeld, beyondIncluded, unchargedOf } from '../account/usage.ts'
import { withDues } from '../invoice/recovery.ts'
import { type Instant, previousPeriod } from '../time/time.ts'
import type { EntryBodyOf } from './entry.ts'

type Reversal = EntryBodyOf<'reversal'>

/** The account after a reversal. Everything that it moves is in the entry. */
export function applyReversal(before: Account, entry: Reversal, at: Instant): Account {
  const open = 'authorization' in entry ? addHeld(before, entry.authorization, -entry.released) : before
  const counted = moveBudget(uncount(open, entry), 'budget' in entry ? entry.budget : undefined, at)
  const account: Account = {
    ...withDues(counted, lowerDues(counted, entry, at)),
    lots: withReturned(counted, entry),
    creditUsdCents: counted.creditUsdCents + entry.creditUsdCents,
    documents: counted.documents + entry.creditNotes.length,
    shortfall: withoutShortfall(counted, entry),
  }
  return applyPaidShortfall(account, entry.paidShortfall)
}

/** Base units that a reversal takes back, the included ones among them, and the thousandths of tokens that return with them. */
export function totalsOf({ uses, tokens }: Reversal): {
  readonly quantity: number
  readonly included: number
  readonly milliTokens: number
} {
  return {
    quantity: uses.reduce((sum, { usage }) => sum + usage.quantity, 0),
    included: uses.reduce((sum, { usage }) => sum + (usage.included ?? 0), 0),
    milliTokens: tokens.reduce((sum, { milliTokens }) => sum + milliTokens, 0),
  }
}

/** Takes the use off its meter's remainder and tallies, and off its app's limit. */
function uncount(account: Account, { appId, meter, uses, unbilled }: Reversal): Account {
  const usages = uses.map(({ usage }) => usage)
  const state = meterState(account, meter)
  const tally = (was: Tally, period: string): Tally => {
    const ofPeriod = usages.filter((usage) => usage.period === period)
    const free = ofPeriod.reduce(
      (sum, usage) => (usage.funding === 'free' ? sum + beyondIncluded(usage) : sum),
      0,
    )
    const included = ofPeriod.reduce((sum, usage) => sum + (usage.included ?? 0), 0)
    // A month that is closed has no free and no included amounts any more.
    const counted = addIncluded({ ...was, free: Math.max(0, was.free - free) }, -included)
    return unbilled.filter((money) => money.period === period).reduce(takeUnits, counted)
  }
  const remainder = usages.reduce((left, usage) => left - unchargedOf(usage), state.remainder)
  const current = tally(state.current, account.period)
  const previous = tally(state.previous, previousPeriod(account.period))
  const used = usages.reduce(
    (sum, usage) =>
      usage.funding !== 'unrated' && usage.period === account.period ? sum + usage.quantity : sum,
    0,
  )
  const limits = account.limits.map((limit) =>
    limit.appId === appId && limit.meter === meter
      ? { ...limit, used: Math.max(0, limit.used - used) }
      : limit,
  )
  return withMeter({ ...account, limits }, meter, { ...state, remainder, current, previous })
}

/** Tokens that come back after their lot's expiry have lapsed. */
function withReturned({ lots }: Account, { tokens }: Reversal): Account['lots'] {
  const returned = tokens.flatMap(({ lot, hasLapsed }) => (hasLapsed ? [] : [lot]))
  const others = lots.filter(({ lotId }) => !returned.some((lot) => lot.lotId === lotId))
  return inDrawOrder([...others, ...returned])
}

function lowerDues(account: Account, { creditNotes, owed }: Reversal, at: Instant): Account['dues'] {
  const bills = creditNotes.reduce((dues, { period, dueUsdCents }) => {
    const due = findDue(dues, invoiceDueId(period))
    return due === undefined
      ? dues
      : withDue(dues, { dueId: due.dueId, usdCents: due.usdCents - dueUsdCents }, at)
  }, account.dues)
  return owed.reduce((dues, due) => withDue(dues, due, at), bills)
}

function withoutShortfall({ shortfall }: Account, entry: Reversal): Account['shortfall'] {
  return entry.shortfall
    .reduce(
      (rows, gone) =>
        rows.map((row) =>
          row.entry === gone.entry && isSamePrice(row, gone)
            ? { ...row, units: row.units - gone.units }
            : row,
        ),
      shortfall,
    )
    .filter((row) => row.units > 0)
}
