import type { Catalog } from '../../core/catalog/catalog.ts'
import { type BoughtLot, type FocusFacts, needsOf } from '../../core/focus/facts.ts'
import type { FocusRow } from '../../core/focus/row.ts'
import { focusRowsOf } from '../../core/focus/rows.ts'
import type { Entry, EntryOf } from '../../core/journal/entry.ts'
import { closesAt, type Instant, type Period, periodStart } from '../../core/time/time.ts'
import { atOnce } from '../runtime/at-once.ts'
import { loadSnapshot } from './account-snapshot.ts'
import { JournalStore } from './journal.ts'
import { baseKey, lotGrantedKey, paymentEntryKey } from './keys.ts'
import type { Seen } from './operations.ts'
import type { Table } from './table.ts'

/** Entries that are read at once. */
const entriesAtOnce = 500
const readsAtOnce = 16

/** A page ends with the first entry that reaches one of these; no entry alone has more than some hundred KB of rows. */
export interface FocusPageSize {
  readonly entriesMax: number
  readonly bytesMax: number
}

const defaultSize: FocusPageSize = { entriesMax: 5_000, bytesMax: 3_000_000 }

export interface FocusQuestion {
  /** The account with the entries that time has made and that no operation has stored yet. */
  readonly seen: Seen
  readonly sellerName: string
  /** Months of bills, both included. */
  readonly from: Period
  readonly to: Period
  /** The version of the last entry of the page before. */
  readonly after?: number
}

/** `end` is the version of the last entry of the page; absent on the last page. */
export interface FocusPage {
  readonly rows: readonly FocusRow[]
  readonly end?: number
}

/**
 * Reads the journal in pages as rows of FOCUS. A month's bill is made of entries from its first instant until it closes, so
 * only those are read.
 */
export class FocusPages {
  private readonly table: Table
  private readonly journal: JournalStore
  private readonly size: FocusPageSize

  constructor(table: Table, size = defaultSize) {
    this.table = table
    this.journal = new JournalStore(table)
    this.size = size
  }

  /** The first instant whose entries are whole in the table: older usage events may be in the archive only. */
  async wholeSince(teamId: string): Promise<Instant> {
    const base = await loadSnapshot(this.table, baseKey(teamId))
    return base === undefined ? 0 : base.at + 1
  }

  async page(question: FocusQuestion): Promise<FocusPage> {
    const { seen, from, after } = question
    const { account, entries: coming } = seen
    const stored = account.version - coming.length
    const first = after ?? (await this.versionBefore(account.teamId, periodStart(from), stored))
    const rows: FocusRow[] = []
    let bytes = 0
    let last = first
    while (last < stored) {
      const to = Math.min(stored, last + entriesAtOnce)
      const entries = await this.journal.whole(account.teamId, last, to)
      for (const [entry, own] of await this.rowsOf(entries, question)) {
        if (entry.at > closesAt(question.to)) return { rows }
        last = entry.version
        rows.push(...own)
        bytes += own.reduce((sum, row) => sum + sizeOf(row), 0)
        if (bytes >= this.size.bytesMax || last - first >= this.size.entriesMax) return { rows, end: last }
      }
    }
    for (const [, own] of await this.rowsOf(coming, question)) rows.push(...own)
    return { rows }
  }

  /** The rows of the months, entry by entry. */
  private async rowsOf(
    entries: readonly Entry[],
    { seen, sellerName, from, to }: FocusQuestion,
  ): Promise<readonly (readonly [Entry, readonly FocusRow[]])[]> {
    const facts = await this.factsOf(entries, { catalog: seen.catalog, sellerName })
    const isAsked = ({ BillingPeriodStart = '' }: FocusRow) =>
      BillingPeriodStart.slice(0, 7) >= from && BillingPeriodStart.slice(0, 7) <= to
    return entries.map((entry) => [entry, focusRowsOf(entry, facts).filter(isAsked)] as const)
  }

  private async factsOf(
    entries: readonly Entry[],
    known: { readonly catalog: Catalog; readonly sellerName: string },
  ): Promise<FocusFacts> {
    const teamId = entries[0]?.teamId ?? ''
    const { lotIds, versions, payments } = needsOf(entries)
    const lots = new Map<string, BoughtLot>()
    const completed = new Map<number, Entry>()
    const earlierPayments = new Map<number, EntryOf<'payment'>>()
    await atOnce([...lotIds], readsAtOnce, async (lotId) => {
      const granted = await this.journal.find(lotGrantedKey(teamId, lotId), 'lot-granted')
      if (granted?.receipt === undefined) return
      const { unitPriceUsdCents, usdCents } = granted.receipt
      lots.set(lotId, { milliTokens: granted.lot.milliTokens, unitPriceUsdCents, usdCents })
    })
    await atOnce([...versions], readsAtOnce, async (version) => {
      const { entries: found } = await this.journal.range(teamId, version, version)
      for (const entry of found) completed.set(version, entry)
    })
    await atOnce(payments, readsAtOnce, async ({ version, paymentId, sequence }) => {
      const key = paymentEntryKey({ paymentId, sequence: sequence - 1 })
      const earlier = await this.journal.find(key, 'payment')
      if (earlier !== undefined) earlierPayments.set(version, earlier)
    })
    return { ...known, lots, completed, earlierPayments }
  }

  /** The version of the last entry from before an instant, by halving: versions and instants rise together. */
  private async versionBefore(teamId: string, at: Instant, stored: number): Promise<number> {
    let [low, high] = [0, stored]
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const [next] = await this.journal.since(teamId, middle, 1)
      if (next !== undefined && next.at < at) low = Math.min(high, next.version)
      else high = middle
    }
    return low
  }
}

function sizeOf(row: FocusRow): number {
  return Object.values(row).reduce((sum, text) => sum + text.length + 1, 0)
}
