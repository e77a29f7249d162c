import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Engine, startEngine } from '../../audit/data-folder/engine.ts'
import { engineAt } from '../../audit/data-folder/engine-call.ts'
import type { Item, Table } from '../../lambdas/store/table.ts'
import { ensureTable } from '../../local/engine/tables.ts'
import { tableAt, tableProperties } from '../support/engine-table.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts'

const itemsPerWrite = 100

/** The real engine on a separate file, behind the fault proxy, which is all that the functions see of it. */
export class Workbench {
  readonly proxy: FaultProxy
  private readonly folder: string
  private engine: Engine
  /** One client for all requests that bypass the proxy. */
  private bypass: Table
  private count = 0

  private constructor(folder: string, engine: Engine, proxy: FaultProxy) {
    this.folder = folder
    this.engine = engine
    this.bypass = tableAt(engine.endpoint, '')
    this.proxy = proxy
  }

  /** Sets the environment of the SDK, and of the modules of functions, which open a table when they are loaded. */
  static async start(): Promise<Workbench> {
    const folder = temporaryFolder()
    const engine = await startEngine(folder)
    const proxy = await startFaultProxy(engine.endpoint)
    Object.assign(process.env, functionEnvironment(proxy.endpoint))
    await beSilent()
    return new Workbench(folder, engine, proxy)
  }

  /** A fresh table with some items in it. */
  async newTable(items: readonly Item[] = []): Promise<string> {
    this.count += 1
    const id = `cell-${String(this.count).padStart(5, '0')}`
    await ensureTable(engineAt(this.engine.endpoint), { id, properties: tableProperties })
    const table = this.direct(id)
    for (let start = 0; start < items.length; start += itemsPerWrite) {
      const puts = items.slice(start, start + itemsPerWrite).map((Item) => ({ Put: { TableName: id, Item } }))
      await table.send('TransactWriteItems', { TransactItems: puts })
    }
    return id
  }

  /** The table without the proxy. */
  direct(tableName: string): Table {
    return { ...this.bypass, tableName }
  }

  async itemsOf(tableName: string): Promise<readonly Item[]> {
    const { Items = [], LastEvaluatedKey } = await this.direct(tableName).send('Scan', {
      TableName: tableName,
      ConsistentRead: true,
    })
    if (LastEvaluatedKey !== undefined) throw new Error('a cell holds more than a page')
    return Items
  }

  /** Ends the engine with -9, and starts it again on its file. */
  async killEngine(): Promise<void> {
    const { pid } = JSON.parse(readFileSync(join(this.folder, 'engine.json'), 'utf8')) as { pid: number }
    process.kill(pid, 'SIGKILL')
    await this.engine.lost
    this.engine = await startEngine(this.folder)
    this.bypass = tableAt(this.engine.endpoint, '')
    this.proxy.target = this.engine.endpoint
  }

  async stop(): Promise<void> {
    await this.proxy.stop()
    await this.engine.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Functions that fail on purpose say a lot. */
export async function beSilent(): Promise<void> {
  const { logger } = await import('../../lambdas/runtime/log.ts')
  const { sendMetricsTo } = await import('../../lambdas/runtime/metrics.ts')
  logger.setLogLevel('SILENT')
  sendMetricsTo(() => {})
}

/** Environment of a function whose table is behind the proxy. */
export function functionEnvironment(endpoint: string): Readonly<Record<string, string>> {
  return {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    TABLE_NAME: 'of-the-modules',
    PAYMENTS: 'sandbox',
    STAGE: 'test',
    EVENT_BUS: 'bus',
    MAIL_FROM: 'tollgate@example.com',
    SIGNING_KEYS: 'signing-keys',
    ISSUER: 'https://issuer.example.com',
    AUDIENCE: 'tollgate',
    SCOPES: 'hub:read hub:write',
    ARCHIVE_STREAM: 'archive',
    MIGRATION_ARN: 'migration',
    PAYMENT_RECOVERY_ARN: 'recovery',
  }
}
