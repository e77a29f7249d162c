import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { startRuntime } from '../../local/runtime.ts'
import { Closer } from '../../local/services/closer.ts'
import { tableAt } from '../../test/support/engine-table.ts'
import type { Host } from './peer.ts'
import { createPlainTable } from './plain-table.ts'
import { startPostgres } from './postgres-server.ts'
import { startUnitCounter, type UnitCounter } from './unit-counter.ts'

export interface BenchHost extends Host {
  /** Counts the requests of Tollgate's functions, and those of callers that use its address. */
  readonly counter: UnitCounter
  /** A folder for the files of a run. */
  readonly folder: string
  stop(): Promise<void>
}

/** Starts Tollgate with its real functions on the embedded engine, in real time, and PostgreSQL where it is installed. */
export async function startHost(): Promise<BenchHost> {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-peers-'))
  const closer = new Closer()
  closer.add(async () => rmSync(folder, { recursive: true, force: true }))
  try {
    let counter: UnitCounter | undefined
    const between = async (endpoint: string) => {
      // The first address is the engine's.
      if (counter !== undefined) return endpoint
      counter = await startUnitCounter(endpoint)
      closer.add(async () => counter?.stop())
      return counter.url
    }
    const options = { dataDir: join(folder, 'data'), port: 0, sample: false, isThrottled: false, between }
    const runtime = await startRuntime(options)
    closer.add(() => runtime.stop())
    if (counter === undefined) throw new Error('the engine is not counted')
    await createPlainTable(runtime.endpoint)
    const postgres = await startPostgres()
    if (postgres !== undefined) closer.add(() => postgres.stop())
    const { url, endpoint } = runtime
    const place = { endpoint, url, token: await serviceToken(url), postgresPort: postgres?.port }
    const table = tableAt(endpoint, runtime.tableNames[0] ?? '')
    return { place, table, postgres, counter, folder, stop: () => closer.close() }
  } catch (cause) {
    await closer.close()
    throw cause
  }
}

async function serviceToken(url: string): Promise<string> {
  const body = JSON.stringify({ scopes: ['aps:meter'] })
  const answer = await fetch(`${url}/local/tokens`, { method: 'POST', body })
  return v.parse(v.object({ token: v.string() }), await answer.json()).token
}
