import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import * as v from 'valibot'
import { startEngine } from '../audit/data-folder/engine.ts'
import { engineAt } from '../audit/data-folder/engine-call.ts'
import { openTable } from '../lambdas/store/sdk-table.ts'
import type { Table } from '../lambdas/store/table.ts'
import { readConfig } from '../lib/config.ts'
import { DataStack } from '../lib/data-stack.ts'
import { ensureTable, tuneEngine } from '../local/engine/tables.ts'
import { TableProperties } from '../local/resource-schemas.ts'
import { withPatience } from './patience.ts'

export interface BenchEngine {
  readonly endpoint: string
  readonly tableName: string
  /** Creates another table with the same schema but without a stream, because it fills faster. */
  newTable(id: string): Promise<Table>
  stop(): Promise<void>
}

/** Starts the embedded engine on a temporary file, with the template's table and its stream. */
export async function startBenchEngine(): Promise<BenchEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-bench-'))
  const engine = await startEngine(folder)
  const table = templateTable(folder)
  await ensureTable(engineAt(engine.endpoint), table)
  tuneEngine(engine)
  return {
    endpoint: engine.endpoint,
    tableName: table.id,
    newTable: async (id) => {
      const properties = { ...table.properties, StreamSpecification: undefined }
      await ensureTable(engineAt(engine.endpoint), { id, properties })
      return withPatience(openTable(id))
    },
    stop: async () => {
      await engine.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function templateTable(folder: string) {
  const app = new App({ outdir: join(folder, 'cdk'), context: { issuer: 'https://idp.example.com' } })
  const stack = new DataStack(app, 'Data', { config: readConfig(app.node) })
  const [found] = Object.entries(Template.fromStack(stack).findResources('AWS::DynamoDB::Table'))
  if (found === undefined) throw new Error('the template has no table')
  const [id, resource] = found
  return { id, properties: v.parse(TableProperties, resource.Properties) }
}
