import { DynamoDB } from '@aws-sdk/client-dynamodb'
import { RateLimiterDynamo, RateLimiterRes } from 'rate-limiter-flexible'
import { engineAt } from '../../audit/data-folder/engine-call.ts'
import { ensureTable } from '../../local/engine/tables.ts'
import type { Caller, Peer } from './peer.ts'
import { clientConfig } from './plain-table.ts'

const tableName = 'limiter'
const keyPrefix = 'calls'
/** Points last for a month. The store resets a key without a duration at each call. */
const durationSeconds = 31 * 86_400

/**
 * The npm package rate-limiter-flexible with its DynamoDB store. A call consumes points of the team's key in two updates:
 * one for a new or expired key, whose condition usually fails, and one for an existing key.
 */
export const peer: Peer = {
  module: import.meta.url,
  letter: 'c',
  title: '`rate-limiter-flexible`, DynamoDB store',
  // A key is created by its first call.
  fill: async ({ place }) => {
    const properties = {
      AttributeDefinitions: [{ AttributeName: 'key', AttributeType: 'S' as const }],
      KeySchema: [{ AttributeName: 'key', KeyType: 'HASH' as const }],
      BillingMode: 'PAY_PER_REQUEST' as const,
    }
    await ensureTable(engineAt(place.endpoint), { id: tableName, properties })
  },
  open: async ({ place, quantity, units, callers }): Promise<Caller> => {
    const storeClient = new DynamoDB(clientConfig(place.endpoint, callers))
    const settings = { storeClient, tableName, keyPrefix, tableCreated: true, ttlSet: true }
    const limiter = new RateLimiterDynamo({ ...settings, points: units, duration: durationSeconds })
    return {
      call: async (teamId) => {
        try {
          await limiter.consume(teamId, quantity)
          return true
        } catch (error) {
          if (error instanceof RateLimiterRes) return false
          throw error
        }
      },
      close: async () => storeClient.destroy(),
    }
  },
  usedOf: async ({ place }, teamId) => {
    const client = new DynamoDB(clientConfig(place.endpoint, 1))
    const Key = { key: { S: `${keyPrefix}:${teamId}` } }
    const { Item } = await client.getItem({ TableName: tableName, Key, ConsistentRead: true })
    client.destroy()
    return Number(Item?.points?.N ?? 0)
  },
}
