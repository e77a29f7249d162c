import { type Account, emptyAccount } from '../../core/account/account.ts'
import { advance } from '../../core/advance.ts'
import type { Catalog } from '../../core/catalog/catalog.ts'
import type { Entry } from '../../core/journal/entry.ts'
import { apply } from '../../core/journal/fold.ts'
import type { Refusal } from '../../core/refusal.ts'
import type { Instant } from '../../core/time/time.ts'
import { Busy } from '../runtime/busy.ts'
import type { Clock } from '../runtime/clock.ts'
import { currentCorrelationId, noteStep, noteTeam } from '../runtime/invocation.ts'
import { metrics } from '../runtime/metrics.ts'
import { jitteredPause } from '../runtime/pause.ts'
import { fromAccountItem } from './account-item.ts'
import { commit, itemsMax, type Write } from './commit.ts'
import type { KnownEntry } from './entry-item.ts'
import { accountKey, entryKey, keyText } from './keys.ts'
import { Memory } from './memory.ts'
import { getItem, type Table } from './table.ts'
import { Turns } from './turns.ts'

/** What a decision has come to: entries to write (none: nothing changes), the account after them, and the answer. */
export interface Decision<Answer> {
  readonly account: Account
  readonly entries: readonly Entry[]
  readonly answer: Answer
  readonly writes?: readonly Write[]
}

/** Decides on an account that has been advanced to `now`. `known` are entries that turned out to exist already. */
export type Decide<Answer> = (
  account: Account,
  now: Instant,
  known: ReadonlyMap<string, KnownEntry>,
) => Decision<Answer> | Refusal | Promise<Decision<Answer> | Refusal>

export type Outcome<Answer> = { readonly answer: Answer } | Refusal | 'absent' | 'overtaken'

/** An account advanced to an instant. */
export interface Seen {
  readonly account: Account
  readonly now: Instant
}

export interface RunOptions {
  /** Starts an empty account where there is none. */
  readonly isNew?: boolean
}

/** How long lost races are tried again before the caller is asked to come back. */
const patienceMs = 8_000
const attemptsMax = 200
/** Long enough that dozens of racers on one account, some milliseconds each, find it free. */
const pauseMaxMs = 500
const rememberedAccounts = 1_000

/** The one place that commits: decide, write entries and account in one transaction, and decide again after a lost race. */
export class Operations {
  private readonly remembered = new Memory<Account>(rememberedAccounts)
  private readonly turns = new Turns()
  private readonly table: Table
  private readonly clock: Clock

  constructor(table: Table, clock: Clock) {
    this.table = table
    this.clock = clock
  }

  /** The account as it is now, not advanced; undefined when the team does not exist. */
  async load(teamId: string): Promise<Account | undefined> {
    const item = await getItem(this.table, accountKey(teamId))
    const account = item === undefined ? undefined : fromAccountItem(item)
    if (account !== undefined) this.remembered.set(teamId, account)
    return account
  }

  /**
   * The account as an operation would find it now: read anew, and advanced to the instant of the operation. For previews,
   * which decide on it and write nothing; undefined when the team does not exist.
   */
  async look(teamId: string, catalog: Catalog): Promise<Seen | undefined> {
    const stored = await this.load(teamId)
    if (stored === undefined) return undefined
    const now = Math.max(this.clock.now(), stored.at)
    return { account: advance(stored, now, catalog).account, now }
  }

  /**
   * Runs one operation. What is remembered of an account may be used to allow, because the transaction's condition checks
   * it, never to refuse: a refusal, and a decision that changes nothing, is made on an account that was just read. Throws
   * Busy when races are lost for too long. Where an instance works on several requests at once, those of one team take
   * turns: they could only make each other lose.
   */
  async run<Answer>(
    teamId: string,
    catalog: Catalog,
    decide: Decide<Answer>,
    options: RunOptions = {},
  ): Promise<Outcome<Answer>> {
    noteTeam(teamId)
    return this.turns.take(teamId, () => this.race(teamId, catalog, decide, options))
  }

  private async race<Answer>(
    teamId: string,
    catalog: Catalog,
    decide: Decide<Answer>,
    { isNew }: RunOptions,
  ): Promise<Outcome<Answer>> {
    const startedAt = performance.now()
    const known = new Map<string, KnownEntry>()
    let account = this.remembered.get(teamId)
    let isFresh = false
    for (let attempt = 0; attempt < attemptsMax && performance.now() - startedAt < patienceMs; attempt++) {
      if (account === undefined) {
        account = (await this.load(teamId)) ?? (isNew === true ? emptyAccount(teamId) : undefined)
        isFresh = true
      }
      if (account === undefined) return 'absent'
      const now = Math.max(this.clock.now(), account.at)
      const advanced = advance(account, now, catalog)
      const decided = await decide(advanced.account, now, known)
      const changes = !('refused' in decided) && decided.entries.length > 0
      if (!changes && !isFresh) {
        account = undefined
        continue
      }
      if ('refused' in decided) return decided
      if (!changes) return { answer: decided.answer }
      const size = advanced.entries.length + decided.entries.length + (decided.writes?.length ?? 0) + 1
      if (advanced.entries.length > 0 && size > itemsMax) {
        account = await this.commitTime(account, advanced.entries.slice(0, timelyMax))
        continue
      }
      const entries = [...advanced.entries, ...decided.entries.map(named)]
      const lost = await commit(this.table, {
        version: account.version,
        account: decided.account,
        entries,
        writes: decided.writes ?? [],
      })
      if (lost === undefined) {
        this.remembered.set(teamId, decided.account)
        return { answer: decided.answer }
      }
      if (lost.isOvertaken) return 'overtaken'
      metrics.add('RaceRetries')
      noteStep('lost a race', { teamId, version: account.version, attempt })
      // Time's own entries are no news to the decision: whoever wrote them changed the account, too.
      const own = new Set(decided.entries.map((entry) => keyText(entryKey(entry))))
      for (const [key, entry] of lost.known) if (own.has(key)) known.set(key, entry)
      // At first the item that the failed condition found is as good as a read. Where many race, it is old by the end of a
      // pause, and to decide on it would only lose again: then the account is read after the pause.
      account = attempt === 0 ? lost.account : undefined
      isFresh = account !== undefined
      if (lost.known.size === 0) await jitteredPause(Math.min(pauseMaxMs, 4 * 2 ** attempt))
    }
    throw new Busy()
  }

  /**
   * Writes what time alone has done, when anything fell due. Answers how many entries that made. Throws Busy when it cannot
   * be written for too long.
   */
  async advance(teamId: string, catalog: Catalog): Promise<number> {
    const startedAt = performance.now()
    let count = 0
    let account = await this.load(teamId)
    for (let misses = 0; account !== undefined; ) {
      const now = Math.max(this.clock.now(), account.at)
      const due = advance(account, now, catalog).entries.slice(0, timelyMax)
      if (due.length === 0) break
      account = await this.commitTime(account, due)
      if (account !== undefined) count += due.length
      else {
        // Not written, as far as is known, and not because somebody else did: a conflict, or the table had no room.
        misses += 1
        if (misses === attemptsMax || performance.now() - startedAt > patienceMs) throw new Busy()
        await jitteredPause(Math.min(pauseMaxMs, 4 * 2 ** misses))
        account = await this.load(teamId)
      }
    }
    return count
  }

  /** Commits entries that only time made. Answers the account after them; after a lost race, the winner's, if known. */
  private async commitTime(before: Account, entries: readonly Entry[]): Promise<Account | undefined> {
    const account = entries.reduce(apply, before)
    const lost = await commit(this.table, { version: before.version, account, entries, writes: [] })
    if (lost !== undefined) return lost.account
    this.remembered.set(before.teamId, account)
    return account
  }
}

/** What time alone did, nobody asked for: only the operation's own entries carry its caller's name for it. */
function named(entry: Entry): Entry {
  const correlationId = currentCorrelationId()
  return correlationId === undefined ? entry : { ...entry, correlationId }
}

/** Entries of time alone in one transaction; more are written ahead of the operation. */
const timelyMax = itemsMax / 2
