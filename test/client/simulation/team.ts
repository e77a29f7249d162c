import { type Account, emptyAccount } from '../../../core/account/account.ts'
import { tidy } from '../../../core/account/tidy.ts'
import { advance, nextDueAt } from '../../../core/advance.ts'
import type { Catalog } from '../../../core/catalog/catalog.ts'
import type { Context } from '../../../core/catalog/context.ts'
import { grantLot, lotOf } from '../../../core/commands/grant-lot.ts'
import { type CommandKind, type CommandOf, type ContextOf, decide } from '../../../core/decide.ts'
import type { Authorization, Entry, EntryOf } from '../../../core/journal/entry.ts'
import { apply } from '../../../core/journal/fold.ts'
import type { App } from '../../../core/migration/compliance.ts'
import type { Instant } from '../../../core/time/time.ts'

/** Is given the entries of each operation, after it. */
export type OnEntries = (entries: readonly Entry[], team: Team) => void

/** One team of the simulated server: its account, journal and authorizations in memory, changed by `core` alone. */
export class Team {
  readonly teamId: string
  readonly catalog: Catalog
  readonly apps = new Map<string, App>()
  readonly grants = new Map<string, EntryOf<'authorization'>>()
  readonly authorizations = new Map<string, Authorization>()
  readonly entries: Entry[] = []
  account: Account
  now: Instant
  /** True for a team that has nothing but tokens, and calls of one base unit a charged unit: all sums are exact. */
  isExact = false
  /** Thousandths of tokens that were bought and have not lapsed. */
  funded = 0
  private readonly onEntries: OnEntries
  private lots = 0
  private due: { readonly version: number; readonly at: Instant } | undefined

  constructor(
    teamId: string,
    start: Instant,
    parts: { readonly catalog: Catalog; readonly onEntries: OnEntries },
  ) {
    this.teamId = teamId
    this.catalog = parts.catalog
    this.onEntries = parts.onEntries
    this.account = emptyAccount(teamId)
    this.now = start
    const profile = { country: 'US', paymentMethod: 'credit-card', standing: 'good' } as const
    this.run({ kind: 'register-team', name: teamId, profile }, this.context)
  }

  get context(): Context {
    return { now: this.now, catalog: this.catalog }
  }

  addApp(appId: string, isInHub = true): void {
    this.apps.set(appId, { appId, teamId: this.teamId, name: appId, isInHub })
  }

  /** Writes the entries of time alone, as an operation does first. A clock never goes back. */
  passTo(now: Instant): void {
    this.now = Math.max(now, this.now)
    if (this.now < this.dueAt()) {
      this.account = tidy(this.account, this.now)
      return
    }
    const advanced = advance(this.account, this.now, this.catalog)
    this.take(advanced.account, advanced.entries)
  }

  /** Decides a command and stores its entries. */
  run<Kind extends CommandKind>(command: CommandOf<Kind>, context: ContextOf<Kind>) {
    const decided = decide(this.account, command, context)
    if (!('refused' in decided)) this.take(decided.account, decided.entries)
    return decided
  }

  /** Grants thousandths of tokens that were bought some time ago. They expire a year after that. */
  buy(milliTokens: number, ageMs = 0): void {
    this.lots += 1
    const lot = lotOf(`${this.teamId}-${this.lots}`, 1, this.now - ageMs, this.now)
    const granted = grantLot(this.account, { ...lot, milliTokens, remaining: milliTokens }, this.context)
    this.take(granted.account, [granted.entry])
  }

  /** True if the journal, folded from nothing, gives the account field by field. */
  isFolded(): boolean {
    const folded = this.entries.reduce(apply, emptyAccount(this.teamId))
    return JSON.stringify(tidy(folded, this.now)) === JSON.stringify(tidy(this.account, this.now))
  }

  /** The instant at which time alone next makes an entry. */
  private dueAt(): Instant {
    const { version } = this.account
    if (this.due?.version !== version)
      this.due = { version, at: nextDueAt(this.account) ?? Number.POSITIVE_INFINITY }
    return this.due.at
  }

  private take(account: Account, entries: readonly Entry[]): void {
    this.account = account
    for (const entry of entries) {
      this.entries.push(entry)
      if (entry.kind === 'lot-granted') this.funded += entry.lot.milliTokens
      if (entry.kind === 'lot-expired') this.funded -= entry.milliTokens
      if ('authorization' in entry)
        this.authorizations.set(entry.authorization.authorizationId, entry.authorization)
      if (entry.kind === 'authorization') this.grants.set(entry.authorization.authorizationId, entry)
    }
    if (entries.length > 0) this.onEntries(entries, this)
  }
}
