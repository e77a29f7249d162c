import { type Account, emptyAccount } from '../../core/account/account.ts'
import { advance } from '../../core/advance.ts'
import type { Catalog } from '../../core/catalog/catalog.ts'
import type { Context } from '../../core/catalog/context.ts'
import type { AnswerOf, CommandKind, CommandOf, ContextOf } from '../../core/decide.ts'
import type { Decision } from '../../core/decision.ts'
import type { Entry } from '../../core/journal/entry.ts'
import { apply } from '../../core/journal/fold.ts'
import type { Refusal } from '../../core/refusal.ts'
import { atOnce } from '../runtime/at-once.ts'
import { Busy } from '../runtime/busy.ts'
import type { Clock } from '../runtime/clock.ts'
import { currentActor, currentCorrelationId, noteStep, noteTeam } from '../runtime/invocation.ts'
import { metrics } from '../runtime/metrics.ts'
import { jitteredPause } from '../runtime/pause.ts'
import { fromAccountItem } from './account-item.ts'
import type { CommandRules } from './command-rules.ts'
import { commit, itemsMax } from './commit.ts'
import { accountKey } from './keys.ts'
import { KnownEntries, ownKeys } from './known-entries.ts'
import { Memory } from './memory.ts'
import type { MeterStores } from './meter-stores.ts'
import { naming } from './noting.ts'
import { Contention, longPatience, patienceOf, pauseMsMax } from './patience.ts'
import { getItem, type Table } from './table.ts'
import { Turns } from './turns.ts'

/** The result of an operation; `absent` if there is no such team. */
export type Result<Answer> = { readonly answer: Answer } | Refusal | 'absent'

/** An account advanced to an instant, with the entries that time made until then and that are not written yet. */
export interface Seen extends Context {
  readonly account: Account
  readonly entries: readonly Entry[]
}

/** A decision that is not committed, and the account that it was made on. */
export interface Preview<Answer> {
  readonly before: Seen
  readonly decision: Decision<Answer>
}

/** A decision, and what it was made on. */
interface Made<Kind extends CommandKind> {
  readonly seen: Seen
  readonly context: ContextOf<Kind>
  readonly decided: Decision<AnswerOf<Kind>> | Refusal
}

/** Rounds of one operation: tries, and decisions that need a fresh account. */
const roundsMax = 400
const rememberedAccounts = 1_000
const ownKeysAtOnce = 16
/** Entries of time alone in one transaction; more are written ahead of the operation. */
const timelyMax = itemsMax / 2

export interface OperationsParts {
  readonly table: Table
  readonly clock: Clock
  readonly stores: Pick<MeterStores, 'catalog' | 'journal'>
  /** The rules of all commands, or only those of the commands that a function runs. */
  readonly rules: CommandRules
}

/** Only this file commits: it decides, writes entries and account in one transaction, and decides again after a lost race. */
export class Operations {
  private readonly remembered = new Memory<Account>(rememberedAccounts)
  private readonly turns = new Turns()
  private readonly contention = new Contention()
  private readonly table: Table
  private readonly clock: Clock
  private readonly stores: OperationsParts['stores']
  private readonly rules: CommandRules

  constructor({ table, clock, stores, rules }: OperationsParts) {
    this.table = table
    this.clock = clock
    this.stores = stores
    this.rules = rules
  }

  /** The account as it is stored, not advanced; undefined when the team does not exist. */
  async load(teamId: string): Promise<Account | undefined> {
    const item = await getItem(this.table, accountKey(teamId))
    const account = item === undefined ? undefined : fromAccountItem(item)
    if (account === undefined) return undefined
    if (this.remembered.get(teamId)?.version === account.version) this.contention.trust(teamId)
    this.remembered.set(teamId, account)
    return account
  }

  /** The account as an operation would read it now; undefined when the team does not exist. */
  async look(teamId: string): Promise<Seen | undefined> {
    const [stored, catalog] = await Promise.all([this.load(teamId), this.stores.catalog.get()])
    return stored === undefined ? undefined : this.advanceToNow(stored, catalog)
  }

  /** Decides a command as `run` would, on an account that was just read, and writes nothing. */
  async preview<Kind extends CommandKind>(
    teamId: string,
    command: CommandOf<Kind>,
  ): Promise<Preview<AnswerOf<Kind>> | Refusal | 'absent'> {
    const loaded = (await this.load(teamId)) ?? newAccount(teamId, command)
    if (loaded === undefined) return 'absent'
    const known = new KnownEntries()
    await this.findOwn(teamId, command, known)
    let stored: Account = loaded
    for (let round = 0; round < roundsMax; round++) {
      const made = await this.decideOn(stored, command, known, {})
      if (!('newer' in made))
        return 'refused' in made.decided ? made.decided : { before: made.seen, decision: made.decided }
      stored = made.newer
    }
    throw new Busy()
  }

  /**
   * Runs one operation. A remembered account may be used to allow, because the transaction's condition checks it, never to
   * refuse or to fail: a refusal, and a decision that changes nothing, is made on an account that was just read. `given` is the
   * part of the command's context that the caller has read. Throws Busy when races are lost for too long. Where an instance
   * works on several requests at once, those of one team take turns, because in a race they could only make each other lose.
   */
  async run<Kind extends CommandKind>(
    teamId: string,
    command: CommandOf<Kind>,
    given: Partial<ContextOf<Kind>> = {},
  ): Promise<Result<AnswerOf<Kind>>> {
    noteTeam(teamId)
    return this.turns.take(teamId, () => this.race(teamId, command, given))
  }

  private async race<Kind extends CommandKind>(
    teamId: string,
    command: CommandOf<Kind>,
    read: Partial<ContextOf<Kind>>,
  ): Promise<Result<AnswerOf<Kind>>> {
    const startedAt = performance.now()
    const known = new KnownEntries()
    let given = read
    const patience = patienceOf(command.kind)
    let [tries, racesLost] = [0, 0]
    let account = this.contention.isDoubted(teamId) ? undefined : this.remembered.get(teamId)
    let isFresh = false
    for (let round = 0; round < roundsMax && performance.now() - startedAt < patience.ms; round++) {
      if (account === undefined) {
        account = (await this.load(teamId)) ?? newAccount(teamId, command)
        isFresh = true
      }
      if (account === undefined) return 'absent'
      const made = await this.decideOn(account, command, known, given)
      if ('newer' in made) {
        account = made.newer
        isFresh = true
        continue
      }
      const { seen, context, decided } = made
      if (isNegative(decided)) {
        if (!isFresh) {
          account = undefined
          continue
        }
        if (isRefused(decided) && (await this.findOwn(teamId, command, known))) continue
      }
      if ('refused' in decided) return decided
      const { entries } = decided
      if (entries.length === 0) return { answer: decided.answer }
      const writes = [
        ...this.rules.furtherWrites(command, { teamId, context, entries }),
        ...naming(this.table, teamId, currentActor(), context.now),
      ]
      const own = entries.map(withCaller)
      const copies = this.rules.copiesOf(own)
      const size = seen.entries.length + own.length + copies.length + writes.length + 1
      if (seen.entries.length > 0 && size > itemsMax) {
        account = await this.commitTime(account, seen.entries.slice(0, timelyMax))
        continue
      }
      const lost = await commit(this.table, {
        version: account.version,
        account: decided.account,
        entries: [...seen.entries, ...own],
        copies,
        writes,
      })
      if (lost === undefined) {
        this.remembered.set(teamId, decided.account)
        this.contention.relax(teamId)
        return { answer: decided.answer }
      }
      metrics.add('RaceRetries')
      tries += 1
      noteStep('lost a race', { teamId, version: account.version, tries })
      if (!isFresh) this.contention.doubt(teamId)
      const isKnown = known.addLost(decided.entries, lost)
      // The operation's own entry is its answer, and an outage is not a race.
      if (!isKnown && !lost.isUnanswered) racesLost += 1
      if (racesLost === patience.racesMax) break
      // The winner may have changed the items that the caller had read.
      if (isKnown || lost.isOvertaken) given = {}
      // At first the item that the failed condition found is as good as a read. Where many race, it is old by the end of a
      // pause, and a decision on it would only lose again. Then the account is read after the pause.
      account = tries === 1 ? lost.account : undefined
      isFresh = account !== undefined
      if (!isFresh && lost.known.size === 0) await jitteredPause(pauseMsMax(tries - 1))
    }
    throw new Busy(this.contention.turnAway(teamId))
  }

  /**
   * Writes the entries of time alone, if anything fell due. Returns their number. A caller that goes
   * through many teams gives the catalog. Throws Busy when it cannot be written for too long.
   */
  async advance(teamId: string, given?: Catalog): Promise<number> {
    const startedAt = performance.now()
    let count = 0
    let account = await this.load(teamId)
    for (let misses = 0; account !== undefined; ) {
      const { entries } = this.advanceToNow(account, given ?? (await this.stores.catalog.get()))
      const due = entries.slice(0, timelyMax)
      if (due.length === 0) break
      account = await this.commitTime(account, due)
      if (account !== undefined) count += due.length
      else {
        // Probably not written, and no other writer has won: a conflict, or the table had no capacity.
        misses += 1
        if (misses === longPatience.racesMax || performance.now() - startedAt > longPatience.ms)
          throw new Busy()
        await jitteredPause(pauseMsMax(misses - 1))
        account = await this.load(teamId)
      }
    }
    return count
  }

  /** Clocks of instances differ: an operation never takes effect before the account's last entry. */
  private advanceToNow(stored: Account, catalog: Catalog): Seen {
    const now = Math.max(this.clock.now(), stored.at)
    return { ...advance(stored, now, catalog), now, catalog }
  }

  /**
   * Decides on a stored account. The rest of the command's context is read later than the account, so it may show entries
   * that the account lacks, and a decision on both may break an invariant. If it fails on an account that has changed since,
   * the result is the newer account, to decide on again. A failure on a current account is our bug.
   */
  private async decideOn<Kind extends CommandKind>(
    stored: Account,
    command: CommandOf<Kind>,
    known: KnownEntries,
    given: Partial<ContextOf<Kind>>,
  ): Promise<Made<Kind> | { readonly newer: Account }> {
    try {
      return await this.decideNow(stored, command, known, given)
    } catch (error) {
      if (error instanceof Busy) throw error
      const { teamId, version } = stored
      const newer = await this.load(teamId)
      if (newer === undefined || newer.version === version) throw error
      noteStep('decided on an old account', { teamId, version })
      return { newer }
    }
  }

  /** Advances a stored account to now, loads what else the command needs, and decides. */
  private async decideNow<Kind extends CommandKind>(
    stored: Account,
    command: CommandOf<Kind>,
    known: KnownEntries,
    given: Partial<ContextOf<Kind>>,
  ): Promise<Made<Kind>> {
    const seen = this.advanceToNow(stored, await this.stores.catalog.get())
    const { account, now, catalog } = seen
    const loading = {
      account,
      context: { now, catalog },
      storedVersion: stored.version,
      timely: seen.entries,
      known,
      given,
    }
    const context = await this.rules.load(command, loading)
    return { seen, context, decided: this.rules.decide(account, command, context) }
  }

  /** Before a refusal: an entry under the command's own id is the answer. Returns true if one was found. */
  private async findOwn(teamId: string, command: CommandOf, known: KnownEntries): Promise<boolean> {
    const keys = ownKeys(teamId, command).filter((key) => !known.has(key))
    await atOnce(keys, ownKeysAtOnce, async (key) => {
      const entry = await this.stores.journal.known(key)
      if (entry !== undefined) known.add(key, entry)
    })
    return keys.some((key) => known.has(key))
  }

  /** Commits entries that only time made. Returns the account after them; after a lost race, the winner's, if known. */
  private async commitTime(before: Account, entries: readonly Entry[]): Promise<Account | undefined> {
    const account = entries.reduce(apply, before)
    const lost = await commit(this.table, { version: before.version, account, entries })
    if (lost !== undefined) return lost.account
    this.remembered.set(before.teamId, account)
    return account
  }
}

/** True for a decision that is made only on an account that was just read: it refuses, or a part of it changes nothing. */
function isNegative(decided: Decision<unknown> | Refusal): boolean {
  return isRefused(decided) || ('entries' in decided && decided.entries.length === 0)
}

/** True for a decision that an entry under the command's own id may turn into another. */
function isRefused(decided: Decision<unknown> | Refusal): boolean {
  return 'refused' in decided || decided.isPartial === true
}

/** Only a registration starts an account. */
function newAccount(teamId: string, command: CommandOf): Account | undefined {
  return command.kind === 'register-team' ? emptyAccount(teamId) : undefined
}

/**
 * Only an operation's own entries carry their caller and the caller's name for the work: nobody requested the entries of
 * time alone.
 */
function withCaller(entry: Entry): Entry {
  const correlationId = currentCorrelationId()
  const actor = currentActor()?.subject
  return {
    ...entry,
    ...(correlationId !== undefined && { correlationId }),
    ...(actor !== undefined && { actor }),
  }
}
