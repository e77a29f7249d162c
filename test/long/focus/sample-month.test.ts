import { createReadStream } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe } from 'vitest'
import { replayClient } from '../../../tools/replay/client.ts'
import { replay } from '../../../tools/replay/run.ts'
import { tableAt } from '../../support/engine-table.ts'
import { startLocalApp } from '../../support/local-app.ts'
import { testExport } from './export-suite.ts'

const file = fileURLToPath(new URL('../../../samples/usage-2026-10.ndjson', import.meta.url))
/** The bills of October are made 48 hours after its end. */
const billedAt = '2026-11-04T00:00:00Z'

describe('the export of the sample month, once it is billed', () => {
  testExport(async () => {
    const app = await startLocalApp('2026-11-01T00:00:00Z', { sample: true })
    const { runtime } = app
    const client = replayClient({ url: runtime.url })
    await replay({ input: createReadStream(file), client, concurrency: 4, batch: 1_000, asIs: true })
    await app.moveClock(billedAt)
    const table = tableAt(runtime.endpoint, runtime.tableNames[0] ?? '')
    return { table, folder: app.dataDir, close: () => app.stop() }
  })
})
