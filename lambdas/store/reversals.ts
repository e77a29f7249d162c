import type { Account } from '../../core/account/account.ts'
import { assert } from '../../core/assert.ts'
import { rateAt } from '../../core/catalog/catalog.ts'
import type { Context } from '../../core/catalog/context.ts'
import type {
  FormerLot,
  FoundOperation,
  Reverse,
  ReverseContext,
  ReversedOperation,
} from '../../core/commands/reverse.ts'
import { drawsOf } from '../../core/commands/reversed-charges.ts'
import { partsOf } from '../../core/commands/reversed-parts.ts'
import { chargesOf, type Entry, type EntryOf } from '../../core/journal/entry.ts'
import type { Write } from './commit.ts'
import { fromKnownItem, type KnownEntry } from './entry-item.ts'
import { JournalStore } from './journal.ts'
import {
  authorizationKey,
  eventKey,
  eventReversalKey,
  lotGrantedKey,
  purchaseKey,
  reversalKey,
} from './keys.ts'
import { type TokenStores, tokensOf } from './purchased-tokens.ts'
import { getItem, queryItems, type Table } from './table.ts'

/** More captures than one authorization has: each takes at least one base unit of at most a day's work. */
const entriesMax = 100_000
const pageMax = 1_000

/** The state of a table and the rates that a reversal is decided on. */
interface Moment extends Context {
  readonly storedVersion: number
  /** Entries that time has made since, and that are not written yet. */
  readonly timely: readonly Entry[]
}

/** Operations that are taken back, and the reversals of a team by their id. */
export class ReversalStore {
  private readonly table: Table
  private readonly journal: JournalStore

  constructor(table: Table) {
    this.table = table
    this.journal = new JournalStore(table)
  }

  /** True if the operation exists and is the team's. */
  async belongsTo(teamId: string, operation: ReversedOperation): Promise<boolean> {
    const [first] = await this.entries(operation, 1)
    return first?.teamId === teamId
  }

  /** True if the team has used the reversal's id, for this operation or another. */
  async isNamed(teamId: string, reversalId: string): Promise<boolean> {
    return (await getItem(this.table, reversalKey(teamId, reversalId))) !== undefined
  }

  /** The operation's entries, and an earlier reversal of it or under the same id. */
  async find(
    stores: TokenStores,
    account: Account,
    { reversalId, operation }: Reverse,
    at: Moment,
  ): Promise<Pick<ReverseContext, 'earlier' | 'found'>> {
    const { teamId } = account
    const [named, entries, reversed] = await Promise.all([
      this.named(teamId, reversalId),
      this.entries(operation, entriesMax),
      'source' in operation
        ? this.journal.known(eventReversalKey(operation.source, operation.id))
        : undefined,
    ])
    const all = reversed === undefined ? entries : [...entries, reversed]
    // On an older account the operation looks unpaid or retired. This failure makes `Operations` decide on a newer one.
    const isSeen = all.every(({ version }) => version <= at.storedVersion)
    assert(isSeen, 'the account has the operation that is reversed')
    const earlier = named ?? all.find((entry): entry is EntryOf<'reversal'> => entry.kind === 'reversal')
    const present = all.filter((entry): entry is Entry => entry.kind !== 'retired')
    if (present.length < all.length) return { found: 'retired', ...(earlier && { earlier }) }
    return { found: await this.found(stores, account, present, at), ...(earlier && { earlier }) }
  }

  /** The write that binds a reversal's id to its operation. */
  naming(teamId: string, reversalId: string, operation: ReversedOperation): Write {
    return {
      Put: {
        TableName: this.table.tableName,
        Item: { ...reversalKey(teamId, reversalId), operation },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    }
  }

  private async named(teamId: string, reversalId: string): Promise<EntryOf<'reversal'> | undefined> {
    const marker = await getItem(this.table, reversalKey(teamId, reversalId))
    return marker === undefined ? undefined : this.reversalOf(marker.operation as ReversedOperation)
  }

  private async reversalOf(operation: ReversedOperation): Promise<EntryOf<'reversal'> | undefined> {
    if ('source' in operation)
      return this.journal.find(eventReversalKey(operation.source, operation.id), 'reversal')
    const entries = await this.entries(operation, entriesMax)
    return entries.find((entry): entry is EntryOf<'reversal'> => entry.kind === 'reversal')
  }

  private async entries(operation: ReversedOperation, limit: number): Promise<readonly KnownEntry[]> {
    if ('source' in operation) {
      const entry = await this.journal.known(eventKey(operation.source, operation.id))
      return entry === undefined ? [] : [entry]
    }
    const { pk } = authorizationKey(operation.authorizationId)
    return (await queryItems(this.table, { pk, limit })).map(fromKnownItem)
  }

  private async found(
    stores: TokenStores,
    account: Account,
    entries: readonly Entry[],
    { now, catalog, storedVersion, timely }: Moment,
  ): Promise<FoundOperation> {
    const uses = entries.filter(
      (entry): entry is EntryOf<'capture' | 'usage'> => entry.kind === 'capture' || entry.kind === 'usage',
    )
    const latest = entries.findLast((entry) => 'authorization' in entry)
    const authorization = latest !== undefined && 'authorization' in latest ? latest.authorization : undefined
    const about = uses[0]?.usage ?? authorization
    if (about === undefined) throw new Error('a reversed operation has an app and a meter')
    const { appId, meter } = about
    const unitSize = rateAt(catalog, meter, now)?.unitSize ?? 0
    const split = (history: readonly Entry[]) => partsOf(account, meter, uses, history, unitSize)
    const written = await this.history(uses, storedVersion, (history) => split(history) !== undefined)
    const history = written.length === 0 ? [] : [...written, ...timely]
    const parts = split(history)
    const returned = [...(parts?.own ?? []), ...(parts?.alsoReturned ?? [])].flatMap(
      ({ usage }) => usage.charges,
    )
    const paying = history.flatMap(chargesOf).filter((charge) => 'pays' in charge)
    const missing = [...drawsOf([...returned, ...paying]).keys()].filter(
      (lotId) => !account.lots.some((lot) => lot.lotId === lotId),
    )
    const lots = await Promise.all(missing.map((lotId) => formerLot(stores, account.teamId, lotId, timely)))
    return { appId, meter, uses, history, lots, ...(authorization && { authorization }) }
  }

  /**
   * Entries from the first use on, and before it as far as further charged units are needed, oldest first. Empty where nothing
   * was paid. Throws Busy while the journal's index lags behind the account.
   */
  private async history(
    uses: readonly EntryOf<'capture' | 'usage'>[],
    version: number,
    isEnough: (history: readonly Entry[]) => boolean,
  ): Promise<readonly Entry[]> {
    const [first] = uses
    const [teamId] = uses.map((use) => use.teamId)
    if (first === undefined || teamId === undefined || uses.every(({ usage }) => usage.funding !== 'paid'))
      return []
    let history = await this.journal.whole(teamId, first.version - 1, version)
    for (let oldest = first.version; oldest > 1 && !isEnough(history); ) {
      const page = await this.journal.newest(teamId, oldest, pageMax)
      if (page.length === 0) break
      history = [...page.toReversed(), ...history]
      oldest = page.at(-1)?.version ?? 1
    }
    return history
  }
}

async function formerLot(
  stores: TokenStores,
  teamId: string,
  lotId: string,
  timely: readonly Entry[],
): Promise<FormerLot> {
  const { journal, payables } = stores
  const [granted, purchase, payable] = await Promise.all([
    journal.find(lotGrantedKey(teamId, lotId), 'lot-granted'),
    journal.find(purchaseKey(teamId, lotId), 'purchase'),
    payables.find(teamId, lotId),
  ])
  if (granted === undefined) throw new Error(`lot ${lotId} was granted`)
  const { lot } = granted
  const { lapsed, takenBack } = await tokensOf(stores, lot, { teamId, timely, payable })
  const former: FormerLot = { lot, spentMilliTokens: lot.milliTokens - lapsed - takenBack }
  if (payable?.status === 'refunded') return { ...former, withdrawnAt: 0 }
  return payable?.status === 'charged-back'
    ? { ...former, withdrawnAt: purchase?.unitPriceUsdCents ?? 0 }
    : former
}
