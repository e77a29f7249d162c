import { type Account, emptyAccount } from '../core/account/account.ts'
import { nextDueAt } from '../core/advance.ts'
import { chargesOf, type Entry } from '../core/journal/entry.ts'
import { apply } from '../core/journal/fold.ts'
import { CapSums } from './caps.ts'
import { differences } from './differences.ts'
import { DocumentAudit } from './documents.ts'
import { IncludedSums } from './included.ts'
import { InvoiceSums } from './invoices.ts'
import { LotSums } from './lots.ts'
import { UnitSums } from './units.ts'

/**
 * One team's journal, read entry by entry in order of version. Folds it, and adds up the sums that must
 * always agree. It stores sums only, so a long journal needs no more memory than a short one.
 */
export class JournalAudit {
  /** Version of the next entry. */
  next: number
  private folded: Account
  private readonly lots: LotSums
  private readonly units: UnitSums
  private readonly included: IncludedSums
  private readonly invoices: InvoiceSums
  private readonly documents: DocumentAudit
  private readonly caps = new CapSums()
  /** The reason why the fold stopped; the account then cannot be compared. */
  private isBroken = false

  /** Starts from an account at some version; without one, from the first entry. */
  constructor(teamId: string, base: Account = emptyAccount(teamId)) {
    this.folded = base
    this.next = base.version + 1
    this.lots = new LotSums(base)
    this.units = new UnitSums(base)
    this.included = new IncludedSums(base)
    this.invoices = new InvoiceSums(base)
    this.documents = new DocumentAudit(base)
  }

  /** Adds the next entry. Returns its problems, one line each. After a gap, later entries cannot be checked. */
  add(entry: Entry): string[] {
    this.isBroken ||= entry.version !== this.next
    this.next = entry.version + 1
    if (this.isBroken) return []
    const charges = chargesOf(entry)
    const wrong = [
      ...this.lots.add(entry, charges),
      ...this.invoices.add(entry, charges),
      ...this.documents.add(entry),
      ...this.caps.add(entry),
    ]
    this.units.add(entry, charges)
    this.included.add(entry)
    return [...wrong, ...this.fold(entry)].map((line) => `entry ${entry.version}: ${line}`)
  }

  /** Compares the account with the whole journal, if the fold succeeded. */
  check(account: Account, dueAt: number | undefined): string[] {
    if (this.isBroken || this.next <= account.version) return []
    return [
      ...differences(account, this.folded),
      ...differences(dueAt, nextDueAt(this.folded), '/dueAt'),
      ...this.lots.check(account),
      ...this.units.check(account),
      ...this.included.check(account),
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
