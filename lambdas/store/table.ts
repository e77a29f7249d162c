import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb'
import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { Busy } from '../runtime/busy.ts'
import { stopwatch } from '../runtime/clock.ts'
import { noteStep } from '../runtime/invocation.ts'
import { jitteredPause } from '../runtime/pause.ts'
import type { Key } from './keys.ts'
import { isPassing } from './passing.ts'

export type Item = Record<string, unknown>

/** The table, and the client that all stores share. */
export interface Table {
  readonly client: DynamoDBDocumentClient
  readonly tableName: string
}

/** Milliseconds: a request that takes longer is given up and tried again, well within a function's own time. */
const timeouts = { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true }

/** Only plain objects are stored; the converter would take one with a field `constructor`, such as a meter's name, for another. */
export const marshallOptions = { removeUndefinedValues: true, convertClassInstanceToMap: true }

/**
 * Opens the table. The SDK finds endpoint, Region and credentials. It repeats calls that fail for a moment; if that
 * is not enough, they throw Busy.
 */
export function openTable(tableName: string): Table {
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({ maxAttempts: 3, requestHandler: timeouts }),
    {
      marshallOptions,
    },
  )
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const elapsed = stopwatch()
        try {
          const answer = await next(args)
          noteStep(String(commandName), { ms: Math.round(elapsed()) })
          return answer
        } catch (error) {
          noteStep(String(commandName), { ms: Math.round(elapsed()), error: String(error) })
          throw isPassing(error) ? new Busy() : error
        }
      },
    { step: 'initialize', name: 'busy' },
  )
  return { client, tableName }
}

/** Reads one item, with a consistent read. */
export async function getItem({ client, tableName }: Table, key: Key): Promise<Item | undefined> {
  const { Item } = await client.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }))
  return Item
}

/** Waits for a conditional write. Returns false if a condition failed, or another write came between: nothing was written. */
export async function isWritten(sent: Promise<unknown>): Promise<boolean> {
  try {
    await sent
    return true
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException || error instanceof TransactionCanceledException)
      return false
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
    const page = await table.client.send(
      new QueryCommand({
        TableName: table.tableName,
        ConsistentRead: true,
        ...conditionOf(range),
        ScanIndexForward: range.isNewestFirst !== true,
        Limit: range.limit - items.length,
        ExclusiveStartKey: start,
      }),
    )
    items.push(...(page.Items ?? []))
    start = page.LastEvaluatedKey
  } while (start !== undefined && items.length < range.limit)
  return items
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

async function getBatch({ client, tableName }: Table, keys: readonly Key[]): Promise<readonly Item[]> {
  const items: Item[] = []
  let missing: Item[] = keys.map((key) => ({ ...key }))
  for (let round = 0; missing.length > 0 && round < batchRoundsMax; round++) {
    if (round > 0) await jitteredPause(batchPauseMs * 2 ** round)
    const answer = await client.send(
      new BatchGetCommand({ RequestItems: { [tableName]: { Keys: missing, ConsistentRead: true } } }),
    )
    items.push(...(answer.Responses?.[tableName] ?? []))
    missing = answer.UnprocessedKeys?.[tableName]?.Keys ?? []
  }
  if (missing.length > 0) throw new Busy()
  return items
}
