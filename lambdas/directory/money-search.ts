import type { Account, Due } from '../../core/account/account.ts'
import { payableName } from '../../core/account/payable.ts'
import { advance } from '../../core/advance.ts'
import type { Catalog } from '../../core/catalog/catalog.ts'
import { type DueStage, dueStages, silentAfterMs, stagedDues } from '../../core/directory/money.ts'
import { paymentFailure } from '../../core/invoice/recovery.ts'
import type { Entry } from '../../core/journal/entry.ts'
import { type MoneyAct, type MoneyActKind, moneyActOf } from '../../core/journal/money-act.ts'
import { earliest, type Instant, type Period, periodOf, previousPeriod } from '../../core/time/time.ts'
import { fromAccountItem } from '../store/account-item.ts'
import { DirectoryStore } from '../store/directory.ts'
import { moneyList, parseMoneyOrder } from '../store/directory-row.ts'
import { accountKey } from '../store/keys.ts'
import { MoneyActStore } from '../store/money-acts.ts'
import { batchGet, type Table } from '../store/table.ts'
import { placesOf } from '../store/team-lists.ts'

/** Rows that one page examines at most. */
const examinedMax = 300
/** Rows that are added up at most; the sum of more is left out. */
export const addedMax = 20_000
const placesPerRead = 2_000

/** Dues of a team in one stage, as they are now. */
export interface DueRow {
  readonly kind: 'due'
  readonly teamId: string
  readonly name: string
  readonly stage: DueStage
  readonly at: Instant
  readonly usdCents: number
  readonly dueIds: readonly string[]
  readonly nextTryAt?: Instant
  readonly stopsAt?: Instant
}

/** A past act on money. */
export interface ActRow extends MoneyAct {
  readonly teamId: string
  readonly name: string
  readonly at: Instant
  readonly version: number
  /** The purchase or due, the adjustment or the reversal. */
  readonly referenceId: string
  readonly paymentId?: string
  readonly reason?: string
  /** The team's credit now. */
  readonly creditLeftUsdCents: number
}

export type MoneyRow = DueRow | ActRow

export type MoneyAsk =
  | { readonly list: 'needs-person' }
  | { readonly list: 'due' }
  | { readonly list: MoneyActKind; readonly month: Period }

/** A page ends in one part of its list, at the mark of its last row. */
export interface MoneyMark {
  readonly part: number
  /** Absent at the beginning of the part. */
  readonly after?: string
}

export interface MoneyPage {
  readonly rows: readonly MoneyRow[]
  readonly next?: MoneyMark
}

export interface MoneySum {
  readonly rows: number
  readonly usdCents: number
  readonly tokens: number
}

interface Step {
  readonly mark: string
  /** Absent where the team has changed since, or nobody is needed. */
  readonly row?: MoneyRow
}

/** One part of a list. Fewer steps than the limit are the last ones. */
type Part = (after: string | undefined, limit: number) => Promise<readonly Step[]>

interface Moment {
  readonly catalog: Catalog
  readonly now: Instant
}

/** Reads lists of what teams owe, and of past acts on money, across all teams. */
export class MoneySearch {
  private readonly table: Table
  private readonly directory: DirectoryStore
  private readonly acts: MoneyActStore

  constructor(table: Table) {
    this.table = table
    this.directory = new DirectoryStore(table)
    this.acts = new MoneyActStore(table)
  }

  async page(
    ask: MoneyAsk,
    { from, limit }: { readonly from?: MoneyMark | undefined; readonly limit: number },
    moment: Moment,
  ): Promise<MoneyPage> {
    const parts = this.partsOf(ask, moment)
    const rows: MoneyRow[] = []
    let [part, after, examined] = [from?.part ?? 0, from?.after, 0]
    while (part < parts.length) {
      const missing = limit - rows.length
      const steps = (await parts[part]?.(after, missing)) ?? []
      rows.push(...steps.flatMap(({ row }) => row ?? []))
      examined += steps.length
      if (steps.length < missing) [part, after] = [part + 1, undefined]
      else after = steps.at(-1)?.mark
      if (part < parts.length && (rows.length === limit || examined >= examinedMax))
        return { rows, next: { part, ...(after !== undefined && { after }) } }
    }
    return { rows }
  }

  /** Adds up a whole list from its keys alone; undefined where there are too many rows, or a person has to look. */
  async sum(ask: MoneyAsk): Promise<MoneySum | undefined> {
    if (ask.list === 'needs-person') return undefined
    if (ask.list !== 'due') return this.acts.sum(ask.month, ask.list, addedMax)
    let [rows, usdCents, after]: [number, number, string | undefined] = [0, 0, undefined]
    for (;;) {
      const places = await placesOf(this.table, { list: moneyList, prefix: '', after, limit: placesPerRead })
      for (const { order } of places) usdCents += parseMoneyOrder(order).usdCents
      rows += places.length
      after = places.at(-1)?.sortKey
      if (rows > addedMax) return undefined
      if (places.length < placesPerRead) return { rows, usdCents, tokens: 0 }
    }
  }

  private partsOf(ask: MoneyAsk, moment: Moment): readonly Part[] {
    const dues = (stage: DueStage): Part => {
      return (after, limit) => this.dues(stage, { after, limit }, moment)
    }
    const acts = (
      month: Period,
      kind: MoneyActKind,
      isWanted: (row: ActRow, entry: Entry) => boolean,
    ): Part => {
      return (after, limit) => this.actsOf({ month, kind, after, limit, isWanted }, moment)
    }
    if (ask.list === 'due') return dueStages.map(dues)
    if (ask.list !== 'needs-person') return [acts(ask.month, ask.list, () => true)]
    const month = periodOf(moment.now)
    // Money arrived for nothing that was due: an operator returns it, or agrees that it stays as credit.
    const isLeft = (row: ActRow, entry: Entry) => entry.kind === 'payment' && row.creditLeftUsdCents > 0
    return [
      ...(['overdue', 'charged-back', 'nobody-to-warn'] as const).map(dues),
      this.silent(moment),
      ...[month, previousPeriod(month)].map((each) => acts(each, 'credited', isLeft)),
    ]
  }

  /** Bills whose payment nobody has reported for days. */
  private silent(moment: Moment): Part {
    return async (after, limit) => {
      const steps = await this.dues('waiting', { after, limit }, moment)
      const fresh = steps.findIndex(({ mark }) => !isSilent(mark, moment.now))
      return fresh === -1 ? steps : steps.slice(0, fresh)
    }
  }

  private async dues(
    stage: DueStage,
    { after, limit }: { readonly after: string | undefined; readonly limit: number },
    moment: Moment,
  ): Promise<readonly Step[]> {
    const prefix = `${dueStages.indexOf(stage)}.`
    const places = await placesOf(this.table, { list: moneyList, prefix, after, limit })
    const teamIds = places.map(({ teamId }) => teamId)
    const [rows, accounts] = await Promise.all([this.directory.rows(teamIds), this.accounts(teamIds, moment)])
    return places.map(({ teamId, sortKey }) => {
      const [row, account] = [rows.get(teamId), accounts.get(teamId)]
      const staged = row && account && stagedDues(account, row).find((dues) => dues.stage === stage)
      if (row === undefined || staged === undefined) return { mark: sortKey }
      const { since: at, usdCents, dues } = staged
      const dueIds = dues.map(({ dueId }) => dueId)
      const named = { kind: 'due', teamId, name: row.name, stage, at, usdCents, dueIds } as const
      return { mark: sortKey, row: { ...named, ...triesOf(dues) } }
    })
  }

  private async actsOf(
    ask: {
      readonly month: Period
      readonly kind: MoneyActKind
      readonly after: string | undefined
      readonly limit: number
      readonly isWanted: (row: ActRow, entry: Entry) => boolean
    },
    moment: Moment,
  ): Promise<readonly Step[]> {
    const found = await this.acts.newest(ask)
    const teamIds = found.flatMap(({ entry }) => entry?.teamId ?? [])
    const [rows, accounts] = await Promise.all([this.directory.rows(teamIds), this.accounts(teamIds, moment)])
    return found.map(({ mark, entry }): Step => {
      const act = entry && moneyActOf(entry)
      if (entry === undefined || act === undefined) return { mark }
      const { teamId } = entry
      const name = rows.get(teamId)?.name ?? teamId
      const creditLeftUsdCents = accounts.get(teamId)?.creditUsdCents ?? 0
      const row = { ...act, teamId, name, creditLeftUsdCents, ...factsOf(entry) }
      return ask.isWanted(row, entry) ? { mark, row } : { mark }
    })
  }

  /** Accounts as they are now, moved on to now. */
  private async accounts(
    teamIds: readonly string[],
    { catalog, now }: Moment,
  ): Promise<ReadonlyMap<string, Account>> {
    const items = await batchGet(this.table, [...new Set(teamIds)].map(accountKey))
    return new Map(
      items.map(fromAccountItem).map((stored) => {
        const { account } = advance(stored, Math.max(now, stored.at), catalog)
        return [stored.teamId, account]
      }),
    )
  }
}

function isSilent(mark: string, now: Instant): boolean {
  return parseMoneyOrder(mark.slice(0, mark.lastIndexOf('#'))).since <= now - silentAfterMs
}

/** The next try of a payment, and the end of the recovery, the earliest of several. */
function triesOf(dues: readonly Due[]): Pick<DueRow, 'nextTryAt' | 'stopsAt'> {
  const failures = dues.flatMap((due) => paymentFailure(due) ?? [])
  const nextTryAt = earliest(...failures.map(({ retryAt }) => retryAt))
  const stopsAt = earliest(...failures.map((failure) => failure.stopsAt))
  return { ...(nextTryAt !== undefined && { nextTryAt }), ...(stopsAt !== undefined && { stopsAt }) }
}

function factsOf(entry: Entry): Pick<ActRow, 'at' | 'version' | 'referenceId' | 'paymentId' | 'reason'> {
  const { at, version } = entry
  if (entry.kind === 'payment')
    return { at, version, referenceId: payableName(entry.paidFor), paymentId: entry.paymentId }
  if (entry.kind === 'adjustment')
    return { at, version, referenceId: entry.adjustmentId, reason: entry.reason }
  if (entry.kind === 'reversal') return { at, version, referenceId: entry.reversalId, reason: entry.reason }
  return { at, version, referenceId: '' }
}
