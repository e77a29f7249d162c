import { randomUUID } from 'node:crypto'
import { DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb'
import { CannotStart } from '../../audit/data-folder/cannot-start.ts'
import type { EngineCall } from '../../audit/data-folder/engine-call.ts'
import type { Table } from '../wiring.ts'

export interface TableCheck {
  readonly call: EngineCall
  readonly table: Table
  /** The environment variables that point a function at the engine. */
  readonly environment: {
    readonly AWS_ENDPOINT_URL_DYNAMODB: string
    readonly AWS_REGION: string
    readonly AWS_ACCESS_KEY_ID: string
    readonly AWS_SECRET_ACCESS_KEY: string
  }
}

/**
 * Writes an item in a transaction, as a function does, reads it as the runtime does, and removes it. Throws
 * `CannotStart` when the item cannot be read back. Throws the engine's error when it does not support
 * transactions.
 */
export async function checkTable({ call, table, environment }: TableCheck): Promise<void> {
  const { id: TableName, properties } = table
  const Key = Object.fromEntries(
    properties.KeySchema.map(({ AttributeName }) => [AttributeName, { S: `CHECK#${randomUUID()}` }]),
  )
  const client = new DynamoDBClient({
    endpoint: environment.AWS_ENDPOINT_URL_DYNAMODB,
    region: environment.AWS_REGION,
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID,
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY,
    },
    maxAttempts: 2,
  })
  try {
    await client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item: Key } }] }))
    const found = await call('DynamoDB_20120810', 'GetItem', { TableName, Key, ConsistentRead: true })
    if (typeof found !== 'object' || found === null || !('Item' in found))
      throw new CannotStart(
        `AWS_ENDPOINT_URL_DYNAMODB, ${environment.AWS_ENDPOINT_URL_DYNAMODB}, does not keep what a function writes: ` +
          'an item was written with success and then not found.',
      )
    await client.send(new TransactWriteItemsCommand({ TransactItems: [{ Delete: { TableName, Key } }] }))
  } finally {
    client.destroy()
  }
}
