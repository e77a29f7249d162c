import type { Account } from '../../core/account/account.ts'
import type {
  FormerLot,
  FoundOperation,
  Reverse,
  ReverseContext,
  ReversedOperation,
} from '../../core/commands/reverse.ts'
import { drawsOf } from '../../core/commands/reversed-charges.ts'
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

  /** True if the team has used the reversal's id, whatever operation it is bound to. */
  async isNamed(teamId: string, reversalId: string): Promise<boolean> {
    return (await getItem(this.table, reversalKey(teamId, reversalId))) !== undefined
  }

  /** The operation's entries, and an earlier reversal of it or under the same id. */
  async find(
    stores: TokenStores,
    account: Account,
    { reversalId, operation }: Reverse,
    timely: readonly Entry[],
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
    const earlier = named ?? all.find((entry): entry is EntryOf<'reversal'> => entry.kind === 'reversal')
    const present = all.filter((entry): entry is Entry => entry.kind !== 'retired')
    if (present.length < all.length) return { found: 'retired', ...(earlier && { earlier }) }
    return { found: await this.found(stores, account, present, timely), ...(earlier && { earlier }) }
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
    timely: readonly Entry[],
  ): Promise<FoundOperation> {
    const uses = entries.filter(
      (entry): entry is EntryOf<'capture' | 'usage'> => entry.kind === 'capture' || entry.kind === 'usage',
    )
    const latest = entries.findLast((entry) => 'authorization' in entry)
    const authorization = latest !== undefined && 'authorization' in latest ? latest.authorization : undefined
    const about = uses[0]?.usage ?? authorization
    if (about === undefined) throw new Error('a reversed operation has an app and a meter')
    const first = uses.find(({ usage }) => usage.charges.some(({ source }) => source === 'shortfall'))
    const since = first === undefined ? [] : [...(await this.since(account.teamId, first.version)), ...timely]
    const charges = [...uses.flatMap(chargesOf), ...since.flatMap(chargesOf)]
    const missing = [...drawsOf(charges).keys()].filter(
      (lotId) => !account.lots.some((lot) => lot.lotId === lotId),
    )
    const lots = await Promise.all(missing.map((lotId) => formerLot(stores, account.teamId, lotId, timely)))
    const { appId, meter } = about
    return { appId, meter, uses, since, lots, ...(authorization && { authorization }) }
  }

  private async since(teamId: string, version: number): Promise<readonly Entry[]> {
    const entries: Entry[] = []
    for (let after = version; ; ) {
      const page = await this.journal.since(teamId, after, pageMax)
      entries.push(...page)
      const last = page.at(-1)
      if (last === undefined || page.length < pageMax) return entries
      after = last.version
    }
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
