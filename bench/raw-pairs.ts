import { PutCommand, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import type { Account } from '../core/account/account.ts'
import type { Entry } from '../core/journal/entry.ts'
import type { Deps } from '../lambdas/runtime/deps.ts'
import { toAccountItem } from '../lambdas/store/account-item.ts'
import { toEntryItem } from '../lambdas/store/entry-item.ts'
import { authorizationKey } from '../lambdas/store/keys.ts'

/** Items that one operation of a pair writes. */
export interface Step {
  readonly account: Account
  readonly entry: Entry
}

type RawPair = readonly [TransactWriteCommand, QueryCommand, TransactWriteCommand]

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
    const { client, tableName } = this.deps.table
    const account = await this.deps.operations.load(this.from)
    if (account === undefined) throw new Error('the team is not there')
    await client.send(
      new PutCommand({ TableName: tableName, Item: toAccountItem({ ...account, teamId: this.to }) }),
    )
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
    const { client } = this.deps.table
    const startedAt = performance.now()
    await client.send(first)
    const readAt = performance.now()
    await client.send(read)
    const readMs = performance.now() - readAt
    await client.send(second)
    const totalMs = performance.now() - startedAt
    return { transactionsMs: totalMs - readMs, totalMs }
  }

  private transaction({ account, entry }: Step): TransactWriteCommand {
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
    return new TransactWriteCommand({ TransactItems: [{ Put: entryPut }, { Put: accountPut }] })
  }

  private newest(pk: string): QueryCommand {
    return new QueryCommand({
      TableName: this.deps.table.tableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ScanIndexForward: false,
      Limit: 1,
    })
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
