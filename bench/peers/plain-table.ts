import { engineAt } from '../../audit/data-folder/engine-call.ts'
import { documentClient, sdkTable } from '../../lambdas/store/sdk-table.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { ensureTable } from '../../local/engine/tables.ts'

/** A service that counts calls in DynamoDB keeps its balances and events in a table without index or stream. */
const tableName = 'peers'

export async function createPlainTable(endpoint: string): Promise<void> {
  const keys = [
    ['pk', 'HASH'],
    ['sk', 'RANGE'],
  ] as const
  const properties = {
    AttributeDefinitions: keys.map(([AttributeName]) => ({ AttributeName, AttributeType: 'S' as const })),
    KeySchema: keys.map(([AttributeName, KeyType]) => ({ AttributeName, KeyType })),
    BillingMode: 'PAY_PER_REQUEST' as const,
  }
  await ensureTable(engineAt(endpoint), { id: tableName, properties })
}

/** Settings of the SDK's client: enough connections for every caller, each used again. */
export function clientConfig(endpoint: string, connections: number) {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const requestHandler = { httpAgent: { keepAlive: true, maxSockets: connections } }
  return { endpoint, region: 'us-east-1', credentials, requestHandler }
}

export interface PlainTable extends Table {
  close(): void
}

/** Opens the table with the SDK. Errors are DynamoDB's. */
export function openPlainTable(endpoint: string, connections: number): PlainTable {
  const client = documentClient(clientConfig(endpoint, connections))
  return { ...sdkTable(tableName, client), close: () => client.destroy() }
}
