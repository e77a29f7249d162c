import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEngine } from '../../audit/data-folder/engine.ts'
import { engineAt } from '../../audit/data-folder/engine-call.ts'
import { documentClient, sdkTable } from '../../lambdas/store/sdk-table.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { ensureTable } from '../../local/engine/tables.ts'
import type { Table as Description } from '../../local/wiring.ts'
import { type ClientName, tableClients } from './table-clients.ts'

const string = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' }) as const
const keySchema = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' as const },
  { AttributeName: range, KeyType: 'RANGE' as const },
]

/** The table as the data stack describes it (the stack's test compares the two), without a stream. */
export const tableProperties: Description['properties'] = {
  AttributeDefinitions: [
    ...['pk', 'sk', 'team', 'dueShard', 'dueAt', 'openShard', 'openKey'].map(string),
    { AttributeName: 'version', AttributeType: 'N' },
  ],
  KeySchema: keySchema('pk', 'sk'),
  BillingMode: 'PAY_PER_REQUEST',
  GlobalSecondaryIndexes: [
    { IndexName: 'journal', KeySchema: keySchema('team', 'version'), Projection: { ProjectionType: 'ALL' } },
    {
      IndexName: 'due',
      KeySchema: keySchema('dueShard', 'dueAt'),
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
    {
      IndexName: 'open',
      KeySchema: keySchema('openShard', 'openKey'),
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
}

export interface EngineTables {
  readonly endpoint: string
  /** Creates an empty table. `client` serves it, by default the SDK. */
  newTable(client?: ClientName): Promise<Table>
  stop(): Promise<void>
}

/** Starts the real engine, on a new folder unless one is given. Sets the SDK's environment for it. */
export async function startEngineTables(given?: string): Promise<EngineTables> {
  const isOwn = given === undefined
  const folder = given ?? mkdtempSync(join(tmpdir(), 'tollgate-engine-'))
  const engine = await startEngine(folder)
  const call = engineAt(engine.endpoint)
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
  })
  let count = 0
  return {
    endpoint: engine.endpoint,
    newTable: async (client = 'sdk') => {
      count += 1
      const id = `table-${count}`
      await ensureTable(call, { id, properties: tableProperties })
      return tableClients[client](id)
    },
    stop: async () => {
      await engine.stop()
      if (isOwn) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A client of a running runtime's engine, for tests that read the table directly. */
export function tableAt(endpoint: string, tableName: string): Table {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  return sdkTable(tableName, documentClient({ endpoint, region: 'us-east-1', credentials }))
}
