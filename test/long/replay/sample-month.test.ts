import { createReadStream, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { auditTable } from '../../../audit/table.ts'
import { replayClient } from '../../../tools/replay/client.ts'
import { type Replayed, replay } from '../../../tools/replay/run.ts'
import { tableAt } from '../../support/engine-table.ts'
import { test as base } from '../../support/fixtures.ts'
import type { LocalApp } from '../../support/local-app.ts'

/* The sample month, all of it, as `npm run replay` sends it to Tollgate on one machine. */

const file = fileURLToPath(new URL('../../../samples/usage-2026-10.ndjson', import.meta.url))
const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean).length

const test = base.extend('first', { scope: 'file' }, ({ app }) => send(app))
test.override('clockStart', '2026-11-01T00:00:00Z')
test.override('runtimeOptions', () => ({ sample: true }))

function send({ runtime }: LocalApp): Promise<Replayed> {
  const client = replayClient({ url: runtime.url })
  return replay({ input: createReadStream(file), client, concurrency: 4, batch: 1_000, asIs: true })
}

test('every line is answered, and only faulty ones are rejected', ({ first: { failure, totals } }) => {
  expect(failure).toBeUndefined()
  expect(totals).toMatchObject({ answered: lines, undelivered: 0 })
  expect(totals.recorded).toBeGreaterThan(20_000)
  expect(totals.duplicate).toBeGreaterThan(400)
  expect(totals.rejected).toBeLessThan(500)
})

test('sent again, nothing is recorded, nothing charged, and the same lines are rejected', async ({
  first,
  app,
}) => {
  const { failure, totals } = await send(app)
  expect(failure).toBeUndefined()
  expect(totals).toMatchObject({ answered: lines, recorded: 0, rejected: first.totals.rejected })
  expect(totals.sources.size).toBe(0)
})

test('the audit of every team is clean', async ({ first, app: { runtime } }) => {
  expect(first.totals.recorded).toBeGreaterThan(0)
  const found: string[] = []
  for (const name of runtime.tableNames)
    await auditTable(tableAt(runtime.endpoint, name), { onDifference: (line) => found.push(line) })
  expect(found).toEqual([])
})
