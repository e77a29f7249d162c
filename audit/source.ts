import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { documentClient, sdkTable } from '../lambdas/store/sdk-table.ts'
import type { Table } from '../lambdas/store/table.ts'
import { CannotStart } from './data-folder/cannot-start.ts'
import { startEngine } from './data-folder/engine.ts'
import { engineAt } from './data-folder/engine-call.ts'
import { databaseFileOf, ensureFormat } from './data-folder/format.ts'
import { readJson } from './data-folder/json-file.ts'
import { tryLock } from './data-folder/lock.ts'

export interface AuditSource {
  /** Describes the source in messages. */
  readonly name: string
  readonly tables: readonly Table[]
  close(): Promise<void>
}

const Running = v.object({ endpoint: v.string() })
const Listed = v.object({ TableNames: v.array(v.string()) })
const nothingToClose = async () => {}

/**
 * Finds the tables to audit. With `TABLE_NAME`, it is that table, at the endpoint of the SDK's own settings.
 * Otherwise they are the tables in `DATA_DIR`. A running runtime's engine serves them; if there is none, an
 * engine is started for the audit. Throws `CannotStart`.
 */
export async function openAuditSource(env: NodeJS.ProcessEnv): Promise<AuditSource> {
  const tableName = env.TABLE_NAME
  if (tableName) {
    const tables = [sdkTable(tableName, documentClient())]
    return { name: `table ${tableName}`, tables, close: nothingToClose }
  }
  return openFolder(env.DATA_DIR || '.data')
}

async function openFolder(dataDir: string): Promise<AuditSource> {
  if (!existsSync(databaseFileOf(dataDir)))
    throw new CannotStart(
      `There is no data in ${dataDir}: "npm start" makes some. For a table elsewhere set TABLE_NAME.`,
    )
  ensureFormat(dataDir)
  const lock = tryLock(join(dataDir, 'lock'))
  if (lock === undefined) {
    const tables = await tablesAt(endpointOfRuntime(dataDir))
    return { name: `the running Tollgate of ${dataDir}`, tables, close: nothingToClose }
  }
  try {
    const engine = await startEngine(dataDir)
    const close = async () => {
      await engine.stop()
      lock.release()
    }
    return { name: `the data in ${dataDir}`, tables: await tablesAt(engine.endpoint), close }
  } catch (cause) {
    lock.release()
    throw cause
  }
}

function endpointOfRuntime(dataDir: string): string {
  const running = v.safeParse(Running, readJson(join(dataDir, 'engine.json')))
  if (!running.success) throw new CannotStart(`Another process is just opening ${dataDir}: try again.`)
  return running.output.endpoint
}

async function tablesAt(endpoint: string): Promise<readonly Table[]> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const client = documentClient({ endpoint, region: 'us-east-1', credentials })
  const listed = await engineAt(endpoint)('DynamoDB_20120810', 'ListTables', {})
  return v.parse(Listed, listed).TableNames.map((tableName) => sdkTable(tableName, client))
}
