import { type Account, emptyAccount } from '../core/account/account.ts'
import { nextDueAt } from '../core/advance.ts'
import { chargesOf, type Entry } from '../core/journal/entry.ts'
import { apply } from '../core/journal/fold.ts'
import { differences } from './differences.ts'
import { InvoiceSums } from './invoices.ts'
import { LotSums } from './lots.ts'
import { UnitSums } from './units.ts'

/**
 * One team's journal, entry by entry in order of version: folds it, and adds up what must never break. Keeps sums only,
 * so a long journal needs no more memory than a short one.
 */
export class JournalAudit {
  /** Version of the entry that comes next. */
  next: number
  private folded: Account
  private readonly lots: LotSums
  private readonly units: UnitSums
  private readonly invoices: InvoiceSums
  /** Why the fold could not go on: then the account cannot be compared. */
  private isBroken = false

  /** Begins with an account as of some version; without one, with the first entry. */
  constructor(teamId: string, base: Account = emptyAccount(teamId)) {
    this.folded = base
    this.next = base.version + 1
    this.lots = new LotSums(base)
    this.units = new UnitSums(base)
    this.invoices = new InvoiceSums(base)
  }

  /** Takes the next entry. Answers what is wrong with it, one line each. After a gap nothing more can be said. */
  add(entry: Entry): string[] {
    this.isBroken ||= entry.version !== this.next
    this.next = entry.version + 1
    if (this.isBroken) return []
    const charges = chargesOf(entry)
    const wrong = [...this.lots.add(entry, charges), ...this.invoices.add(entry, charges)]
    this.units.add(entry, charges)
    return [...wrong, ...this.fold(entry)].map((line) => `entry ${entry.version}: ${line}`)
  }

  /** Compares the account with the whole journal, where that could be folded. */
  check(account: Account, dueAt: number | undefined): string[] {
    if (this.isBroken || this.next <= account.version) return []
    return [
      ...differences(account, this.folded),
      ...differences(dueAt, nextDueAt(this.folded), '/dueAt'),
      ...this.lots.check(account),
      ...this.units.check(account),
    ]
  }

  private fold(entry: Entry): string[] {
    try {
      this.folded = apply(this.folded, entry)
      return []
    } catch (cause) {
      this.isBroken = true
      return [`cannot follow what is before it (${cause instanceof Error ? cause.message : cause})`]
    }
  }
}
