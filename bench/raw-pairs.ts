import type { Account } from '../core/account/account.ts'
import type { Entry } from '../core/journal/entry.ts'
import type { Deps } from '../lambdas/runtime/deps.ts'
import { toAccountItem } from '../lambdas/store/account-item.ts'
import { toEntryItem } from '../lambdas/store/entry-item.ts'
import { authorizationKey } from '../lambdas/store/keys.ts'
import type { Input } from '../lambdas/store/table-calls.ts'

/** Items that one operation of a pair writes. */
export interface Step {
  readonly account: Account
  readonly entry: Entry
}

type Transaction = Input<'TransactWriteItems'>
type RawPair = readonly [Transaction, Input<'Query'>, Transaction]

interface RawTimes {
  readonly transactionsMs: number
  /** The pair, with the read between the two transactions. */
  readonly totalMs: number
}

/** The lower bound: the same items, conditions and client, but no decision. */
export class Baseline {
  private readonly deps: Deps
  private readonly from: string
  private readonly to: string

  /** Teams with names of the same length, so that their items have the same size. */
  constructor(deps: Deps, from: string, to: string) {
    this.deps = deps
    this.from = from
    this.to = to
  }

  /** Starts from the current account of the store's team. */
  async start(): Promise<void> {
    const { table } = this.deps
    const account = await this.deps.operations.load(this.from)
    if (account === undefined) throw new Error('the team is not there')
    const Item = toAccountItem({ ...account, teamId: this.to })
    await table.send('PutItem', { TableName: table.tableName, Item })
  }

  prepare(steps: readonly Step[]): RawPair {
    const [first, second] = steps.map((step) => this.transaction(this.renamed(step)))
    const entry = steps[0]?.entry
    if (first === undefined || second === undefined || entry?.kind !== 'authorization')
      throw new Error('a pair has two steps')
    const { pk } = authorizationKey(this.named(entry.authorization.authorizationId))
    return [first, this.newest(pk), second]
  }

  /** The read is timed too, for comparison with the handlers: a capture must find its authorization first. */
  async run([first, read, second]: RawPair): Promise<RawTimes> {
    const { table } = this.deps
    const startedAt = performance.now()
    await table.send('TransactWriteItems', first)
    const readAt = performance.now()
    await table.send('Query', read)
    const readMs = performance.now() - readAt
    await table.send('TransactWriteItems', second)
    const totalMs = performance.now() - startedAt
    return { transactionsMs: totalMs - readMs, totalMs }
  }

  private transaction({ account, entry }: Step): Transaction {
    const TableName = this.deps.table.tableName
    const ReturnValuesOnConditionCheckFailure = 'ALL_OLD' as const
    const entryPut = {
      TableName,
      Item: toEntryItem(entry),
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure,
    }
    const accountPut = {
      TableName,
      Item: toAccountItem(account),
      ConditionExpression: '#version = :version',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':version': account.version - 1 },
      ReturnValuesOnConditionCheckFailure,
    }
    return { TransactItems: [{ Put: entryPut }, { Put: accountPut }] }
  }

  private newest(pk: string): Input<'Query'> {
    return {
      TableName: this.deps.table.tableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ScanIndexForward: false,
      Limit: 1,
    }
  }

  private renamed({ account, entry }: Step): Step {
    if (entry.kind !== 'authorization' && entry.kind !== 'capture')
      throw new Error(`a pair made a ${entry.kind}`)
    const authorizationId = this.named(entry.authorization.authorizationId)
    const authorization = { ...entry.authorization, authorizationId }
    const teamId = this.to
    return { account: { ...account, teamId }, entry: { ...entry, teamId, authorization } }
  }

  private named(text: string): string {
    return text.replace(this.from, this.to)
  }
}
