import { type Payable, payableName } from '../../core/account/payable.ts'
import type { Entry } from '../../core/journal/entry.ts'
import type { CopyItem } from './copy-item.ts'
import { fromEntryItem } from './entry-item.ts'
import { payableKey, payablePrefix, requestedPrefix, takenBackPrefix, teamPk } from './keys.ts'
import { batchGet, getItem, type Item, queryItems, type Table } from './table.ts'

/** Far more than one purchase has payments requested, or tokens taken back as holds end. */
const entriesMax = 1_000

/** Purchases and dues as their payments leave them. Each is the copy of what its latest entry states, written with that entry. */
export class PayableStore {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** Undefined before the first payment. */
  async find(teamId: string, name: string): Promise<Payable | undefined> {
    const item = await getItem(this.table, payableKey(teamId, name))
    return item === undefined ? undefined : fromItem(item)
  }

  /** Those of the names that have had a payment. */
  async findAll(teamId: string, names: readonly string[]): Promise<ReadonlyMap<string, Payable>> {
    const items = await batchGet(
      this.table,
      names.map((name) => payableKey(teamId, name)),
    )
    return new Map(items.map((item) => [String(item.sk).slice(payablePrefix.length), fromItem(item)]))
  }

  /** Number of payments that were requested again for a purchase. */
  async requests(teamId: string, purchaseId: string): Promise<number> {
    const range = { pk: teamPk(teamId), prefix: requestedPrefix(purchaseId), limit: entriesMax }
    return (await queryItems(this.table, range)).length
  }

  /** Thousandths of tokens that were taken back from a lot. */
  async takenBack(teamId: string, lotId: string): Promise<number> {
    const range = { pk: teamPk(teamId), prefix: takenBackPrefix(lotId), limit: entriesMax }
    const entries = (await queryItems(this.table, range)).map(fromEntryItem)
    return entries.reduce((sum, entry) => ('milliTokens' in entry ? sum + entry.milliTokens : sum), 0)
  }
}

/** The name and state that an entry gives to a purchase or due; undefined for most kinds. */
export function payableOf(entry: Entry): { readonly name: string; readonly payable: Payable } | undefined {
  switch (entry.kind) {
    case 'payment':
      return { name: payableName(entry.paidFor), payable: entry.payable }
    case 'payment-requested':
    case 'purchase-given-up':
      return { name: entry.purchaseId, payable: entry.payable }
    default:
      return undefined
  }
}

/** The copies that entries leave behind: of each purchase or due, the latest. */
export function payableItems(entries: readonly Entry[]): readonly CopyItem[] {
  const latest = new Map<string, CopyItem>()
  for (const entry of entries) {
    const found = payableOf(entry)
    if (found === undefined) continue
    const { name, payable } = found
    latest.set(name, { ...payableKey(entry.teamId, name), ofVersion: entry.version, payable })
  }
  return [...latest.values()]
}

function fromItem(item: Item): Payable {
  return item.payable as Payable
}
