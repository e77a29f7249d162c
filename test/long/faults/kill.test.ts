import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accountsOf, entriesInIndex } from '../../../audit/reading.ts'
import { openAuditSource } from '../../../audit/source.ts'
import { auditTable } from '../../../audit/table.ts'
import { type ReplayClient, replayClient } from '../../../tools/replay/client.ts'
import { type Replayed, replay } from '../../../tools/replay/run.ts'
import { sampleLines } from '../../../tools/sample/generator.ts'
import { ChildRuntime, freePort } from '../../support/child-runtime.ts'

const lines = sampleLines({ seed: 7, events: 2_000 })
const folder = mkdtempSync(join(tmpdir(), 'tollgate-kill-'))
const calm = join(folder, 'calm')
const killed = join(folder, 'killed')
const runtimes: ChildRuntime[] = []

beforeAll(async () => {
  const first = await runtimeOn(calm)
  await first.end('SIGTERM')
  cpSync(calm, killed, { recursive: true })
})
afterAll(async () => {
  await Promise.all(runtimes.map((runtime) => runtime.end('SIGKILL')))
  rmSync(folder, { recursive: true, force: true })
})

/** A started runtime whose clock is at the end of the sample's month. */
async function runtimeOn(dataDir: string): Promise<ChildRuntime> {
  const environment = { DATA_DIR: dataDir, CLOCK_START: '2026-11-01T00:00:00Z' }
  const runtime = new ChildRuntime(await freePort(), environment)
  runtimes.push(runtime)
  await runtime.start()
  return runtime
}

function replayTo(client: ReplayClient, onAnswered?: (lines: number) => void): Promise<Replayed> {
  const input = Readable.from(lines.map((line) => `${line}\n`))
  const onProgress = (_: number, { answered }: { answered: number }) => onAnswered?.(answered)
  return replay({ input, client, concurrency: 4, batch: 100, asIs: true, onProgress })
}

/** A client that keeps the keys of all events which the server said that it has. */
function remembering(client: ReplayClient, acknowledged: Set<string>): ReplayClient {
  return {
    ...client,
    send: async (events) => {
      const outcome = await client.send(events)
      if (outcome.kind === 'answered') {
        for (const [index, { status }] of outcome.results.entries()) {
          const { source, id } = JSON.parse(events[index] ?? '') as { source: string; id: string }
          if (status !== 'rejected') acknowledged.add(`${source} ${id}`)
        }
      }
      return outcome
    },
  }
}

/** Reads the events of the table and their sums by team and meter; the journal proves every account. */
async function booksOf(dataDir: string) {
  const source = await openAuditSource({ DATA_DIR: dataDir })
  const events = new Set<string>()
  const sums: Record<string, { quantity: number; units: number }> = {}
  const differences: string[] = []
  for (const table of source.tables) {
    await auditTable(table, { onDifference: (line) => differences.push(line) })
    for await (const { teamId, version } of accountsOf(table)) {
      for await (const { entry } of entriesInIndex(table, teamId, 1, version)) {
        if (entry.kind !== 'usage') continue
        events.add(`${entry.source} ${entry.id}`)
        const { meter, quantity, charges } = entry.usage
        const key = `${teamId} ${meter}`
        const sum = sums[key] ?? { quantity: 0, units: 0 }
        const units = charges.reduce((total, charge) => total + charge.units, 0)
        sums[key] = { quantity: sum.quantity + quantity, units: sum.units + units }
      }
    }
  }
  await source.close()
  return { events, sums, differences }
}

test('killed with -9 twice in the middle of a replay, nothing acknowledged is lost and nothing counts twice', async () => {
  const calmly = await runtimeOn(calm)
  const undisturbed = await replayTo(replayClient({ url: calmly.url }))
  expect(undisturbed.failure).toBeUndefined()
  const expected = await booksOf(calm)

  const runtime = await runtimeOn(killed)
  const acknowledged = new Set<string>()
  const client = remembering(replayClient({ url: runtime.url, triesMax: 20 }), acknowledged)
  const killAt = [lines.length * 0.2, lines.length * 0.6]
  let restarting: Promise<void> = Promise.resolve()
  const first = await replayTo(client, (answered) => {
    if (killAt[0] === undefined || answered < killAt[0]) return
    killAt.shift()
    restarting = restarting.then(() => runtime.end('SIGKILL')).then(() => runtime.start())
  })
  await restarting
  expect(killAt).toEqual([])
  expect(first.failure).toBeUndefined()
  expect(first.totals.resentBatches).toBeGreaterThan(0)
  expect(first.totals.rejectedCodes).toEqual(undisturbed.totals.rejectedCodes)

  const afterFirst = await booksOf(killed)
  expect([...acknowledged].filter((key) => !afterFirst.events.has(key))).toEqual([])
  const second = await replayTo(replayClient({ url: runtime.url }))
  expect(second.totals.recorded).toBe(0)
  expect(second.totals.answered).toBe(lines.length)
  const books = await booksOf(killed)
  expect(books.differences).toEqual([])
  expect(books.sums).toEqual(expected.sums)
  expect(books.events).toEqual(expected.events)
})
