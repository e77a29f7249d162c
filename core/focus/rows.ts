import { chargesOf, type Entry, type EntryOf, type Usage } from '../journal/entry.ts'
import {
  closesAt,
  countedAt,
  dayMs,
  hourMs,
  type Instant,
  type Period,
  periodOf,
  previousPeriod,
} from '../time/time.ts'
import type { BilledOn, Span } from './base-row.ts'
import { type ChargedUse, rowsOfCharge } from './charge-rows.ts'
import { creditNoteIdOf, invoiceIdOf } from './document-ids.ts'
import type { FocusFacts } from './facts.ts'
import { moneyRows } from './money-rows.ts'
import type { FocusRow } from './row.ts'

/**
 * The rows of FOCUS 1.2 that an entry makes: its charges, and what it puts on a bill or a receipt. Free and unrated use,
 * remainders, gifts and expired tokens make none.
 */
export function focusRowsOf(entry: Entry, facts: FocusFacts): readonly FocusRow[] {
  return [...rowsOfUse(entry, facts), ...moneyRows(entry, facts)]
}

function rowsOfUse(entry: Entry, facts: FocusFacts): readonly FocusRow[] {
  if (entry.kind === 'usage' || entry.kind === 'capture') {
    const { usage } = entry
    const usedAt = usedAtOf(entry)
    return usage.charges.flatMap((charge) => {
      const period = charge.source === 'pay-as-you-go' ? charge.period : usage.period
      return rowsOfCharge(charge, asUse(entry, usage, { period, usedAt }), facts)
    })
  }
  const paid = paidLaterRows(entry, facts)
  return entry.kind === 'reversal' ? [...returnedRows(entry, facts), ...paid] : paid
}

/** The instant whose rates priced a use. */
function usedAtOf(entry: EntryOf<'usage'> | EntryOf<'capture'>): Instant {
  return entry.kind === 'usage' ? countedAt(entry.time, entry.at) : entry.at
}

interface UsedAt {
  /** The month of the bill. */
  readonly period: Period
  readonly usedAt: Instant
}

function asUse(entry: Entry, usage: Usage | undefined, { period, usedAt }: UsedAt): ChargedUse {
  return {
    teamId: entry.teamId,
    version: entry.version,
    bill: { period, invoiceId: invoiceIdOf(entry.teamId, period), isCorrection: false },
    span: hourOf(usedAt),
    usedAt,
    ...(usage !== undefined && { appId: usage.appId }),
    ...(usage?.unitSize !== undefined && { unitSize: usage.unitSize }),
    isReturned: false,
  }
}

/** Units that an earlier entry completed and that this one pays, at the price of that time and on a bill of now. */
function paidLaterRows(entry: Entry, facts: FocusFacts): readonly FocusRow[] {
  return chargesOf(entry).flatMap((charge) => {
    if (charge.source === 'shortfall') return []
    const completed = facts.completed.get(charge.pays ?? 0)
    const isUse = completed?.kind === 'usage' || completed?.kind === 'capture'
    const period = charge.source === 'pay-as-you-go' ? charge.period : periodOf(entry.at)
    const at = { period, usedAt: isUse ? usedAtOf(completed) : entry.at }
    return rowsOfCharge(charge, asUse(entry, isUse ? completed.usage : undefined, at), facts)
  })
}

/** Charges that a reversal takes back: off a bill that is open, else by a credit note, or a correction of this month. */
function returnedRows(entry: EntryOf<'reversal'>, facts: FocusFacts): readonly FocusRow[] {
  const [first] = entry.uses
  const returned = entry.uses.flatMap(({ day, usage }) =>
    usage.charges.map((charge) => ({ charge, day, usage })),
  )
  const payers = first === undefined ? [] : entry.unpaid.map((charge) => ({ ...first, charge }))
  return [...returned, ...payers].flatMap(({ charge, day, usage }) => {
    const from = Date.parse(`${day}T00:00:00Z`)
    const use: ChargedUse = {
      ...asUse(entry, usage, { period: usage.period, usedAt: Math.min(from + dayMs - 1, entry.at) }),
      bill: billOfReturned(entry, charge, usage.period),
      span: { from, to: from + dayMs },
      isReturned: true,
    }
    return rowsOfCharge(charge, use, facts)
  })
}

function billOfReturned(
  { teamId, at, creditNotes }: EntryOf<'reversal'>,
  charge: Usage['charges'][number],
  usedIn: Period,
): BilledOn {
  const period = charge.source === 'pay-as-you-go' ? charge.period : usedIn
  const current = periodOf(at)
  if (period === current || (period === previousPeriod(current) && at < closesAt(period)))
    return { period, invoiceId: invoiceIdOf(teamId, period), isCorrection: false }
  const note =
    charge.source === 'pay-as-you-go'
      ? creditNotes.find(
          (other) =>
            other.period === period && other.usdCents * charge.units === charge.usdCents * other.units,
        )
      : undefined
  const id = note === undefined ? invoiceIdOf(teamId, current) : creditNoteIdOf(teamId, note.number)
  return { period: current, invoiceId: id, isCorrection: true }
}

/** The UTC hour of an instant. */
function hourOf(at: Instant): Span {
  const from = Math.floor(at / hourMs) * hourMs
  return { from, to: from + hourMs }
}
