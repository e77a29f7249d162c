import { Busy } from '../runtime/busy.ts'
import { jitteredPause } from '../runtime/pause.ts'
import type { Key } from './keys.ts'
import type { CallName, Input, Output } from './table-calls.ts'
import { isCancelled, isConditionFailed } from './table-errors.ts'

export type Item = Record<string, unknown>

/** The table, as all stores see it. A call names its table in its input, as in DynamoDB. */
export interface Table {
  readonly tableName: string
  send<Name extends CallName>(name: Name, input: Input<Name>): Promise<Output<Name>>
}

/** Reads one item, with a consistent read. */
export async function getItem(table: Table, key: Key): Promise<Item | undefined> {
  const question = { TableName: table.tableName, Key: key, ConsistentRead: true }
  const { Item } = await table.send('GetItem', question)
  return Item
}

/** Waits for a conditional write. Returns false if a condition failed, or another write came between: nothing was written. */
export async function isWritten(sent: Promise<unknown>): Promise<boolean> {
  try {
    await sent
    return true
  } catch (error) {
    if (isConditionFailed(error) || isCancelled(error)) return false
    throw error
  }
}

export interface Range {
  readonly pk: string
  readonly from?: string
  readonly to?: string
  readonly prefix?: string
  readonly isNewestFirst?: boolean
  readonly limit: number
}

/** Reads up to `limit` items of one partition, in order of their sort key, as they are now. */
export async function queryItems(table: Table, range: Range): Promise<readonly Item[]> {
  const items: Item[] = []
  let start: Item | undefined
  do {
    const page = await table.send('Query', {
      TableName: table.tableName,
      ConsistentRead: true,
      ...conditionOf(range),
      ScanIndexForward: range.isNewestFirst !== true,
      Limit: range.limit - items.length,
      ExclusiveStartKey: start,
    })
    items.push(...(page.Items ?? []))
    start = page.LastEvaluatedKey
  } while (start !== undefined && items.length < range.limit)
  return items
}

/** Reads a query or a scan to its end, page by page. `Limit` is the number of items that a page looks at. */
export async function* pagesOf<Name extends 'Query' | 'Scan'>(
  table: Table,
  name: Name,
  input: Input<Name>,
): AsyncGenerator<readonly Item[]> {
  let start: Item | undefined
  do {
    const page: Output<'Query' | 'Scan'> = await table.send(name, { ...input, ExclusiveStartKey: start })
    yield page.Items ?? []
    start = page.LastEvaluatedKey
  } while (start !== undefined)
}

function conditionOf({ pk, from, to, prefix }: Range) {
  if (prefix !== undefined) {
    return {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
    }
  }
  if (from !== undefined && to !== undefined) {
    return {
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': pk, ':from': from, ':to': to },
    }
  }
  return { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } }
}

/** Rounds after which keys that the table did not answer for are given up, and the longest pause before the second. */
const batchRoundsMax = 5
const batchPauseMs = 10

/** The most keys that one request reads. */
const keysPerRead = 100

/** Reads items, as they are now, in no order, 100 in a request. Throws Busy when the table does not answer for all. */
export async function batchGet(table: Table, keys: readonly Key[]): Promise<readonly Item[]> {
  const items: Item[] = []
  for (let start = 0; start < keys.length; start += keysPerRead)
    items.push(...(await getBatch(table, keys.slice(start, start + keysPerRead))))
  return items
}

async function getBatch(table: Table, keys: readonly Key[]): Promise<readonly Item[]> {
  const { tableName } = table
  const items: Item[] = []
  let missing: Item[] = keys.map((key) => ({ ...key }))
  for (let round = 0; missing.length > 0 && round < batchRoundsMax; round++) {
    if (round > 0) await jitteredPause(batchPauseMs * 2 ** round)
    const answer = await table.send('BatchGetItem', {
      RequestItems: { [tableName]: { Keys: missing, ConsistentRead: true } },
    })
    items.push(...(answer.Responses?.[tableName] ?? []))
    missing = answer.UnprocessedKeys?.[tableName]?.Keys ?? []
  }
  if (missing.length > 0) throw new Busy()
  return items
}
