import { type Account, meterState, type Tally } from '../account/account.ts'
import { applyPaidShortfall } from '../account/charges.ts'
import { findDue, withDue } from '../account/dues.ts'
import { inDrawOrder } from '../account/lots.ts'
import { withMeter } from '../account/meters.ts'
import { addHeld } from '../account/usage.ts'
import { isStopped } from '../invoice/recovery.ts'
import { type Instant, previousPeriod } from '../time/time.ts'
import type { EntryBodyOf } from './entry.ts'

type Reversal = EntryBodyOf<'reversal'>

/** The account after a reversal. Everything that it moves is in the entry. */
export function applyReversal(before: Account, entry: Reversal, at: Instant): Account {
  const open = 'authorization' in entry ? addHeld(before, entry.authorization, -entry.released) : before
  const counted = uncount(open, entry)
  const dues = lowerDues(counted, entry, at)
  const account: Account = {
    ...counted,
    lots: withReturned(counted, entry),
    dues,
    overdueSince: dues.some(isStopped) ? counted.overdueSince : undefined,
    creditUsdCents: counted.creditUsdCents + entry.creditUsdCents,
    documents: counted.documents + entry.creditNotes.length,
    shortfall: withoutShortfall(counted, entry),
  }
  return applyPaidShortfall(account, entry.paidShortfall)
}

/** Takes the use off its meter's remainder and tallies, and off its app's limit. */
function uncount(account: Account, { appId, meter, uses, unbilled }: Reversal): Account {
  const usages = uses.map(({ usage }) => usage)
  const state = meterState(account, meter)
  const tally = (was: Tally, period: string): Tally => {
    const free = usages.reduce(
      (sum, usage) => (usage.funding === 'free' && usage.period === period ? sum + usage.quantity : sum),
      0,
    )
    const billed = unbilled.find((month) => month.period === period)
    return {
      // A month that is closed has no free amount any more.
      free: Math.max(0, was.free - free),
      units: was.units - (billed?.units ?? 0),
      usdCents: was.usdCents - (billed?.usdCents ?? 0),
      lateUnits: was.lateUnits - (billed?.lateUnits ?? 0),
    }
  }
  const remainder = usages.reduce((left, { funding, quantity, unitSize = 0, charges }) => {
    if (funding !== 'paid') return left
    return left - quantity + charges.reduce((sum, { units }) => sum + units, 0) * unitSize
  }, state.remainder)
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
    const due = findDue(dues, `invoice:${period}`)
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
          row.entry === gone.entry &&
          row.meter === entry.meter &&
          row.milliTokensPerUnit === gone.milliTokensPerUnit &&
          row.usdCentsPerUnit === gone.usdCentsPerUnit
            ? { ...row, units: row.units - gone.units }
            : row,
        ),
      shortfall,
    )
    .filter((row) => row.units > 0)
}
