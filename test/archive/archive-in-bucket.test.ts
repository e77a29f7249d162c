import { gunzipSync, gzipSync } from 'node:zlib'
import { expect } from 'vitest'
import { auditArchive } from '../../audit/archive.ts'
import { archiveLines } from '../../audit/archive-lines.ts'
import { toLine } from '../../lambdas/store/entry-line.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { changeArchive } from '../../ops/change-archive.ts'
import { type Bucket, startBucket } from '../support/bucket.ts'
import { test } from '../support/fixtures.ts'
import { eventfulWorld, storeWorld } from '../support/stored-world.ts'

/* Tests of the archive as it is on AWS: in a bucket, which the SDK reads and rewrites over HTTP. */

const where = 's3://archive/entries'
const world = eventfulWorld()
const lines = world.entries.map(toLine)
const { length } = lines
let table: Table
let bucket: Bucket

test.beforeAll(async ({ engine }) => {
  bucket = await startBucket()
  table = await engine.newTable()
  await storeWorld(table, world)
})
test.afterAll(async () => {
  await bucket.stop()
})

const zipped = (some: readonly string[]) => gzipSync(some.map((line) => `${line}\n`).join(''))
const linesIn = (object: Buffer = Buffer.of()) =>
  gunzipSync(object).toString('utf8').split('\n').filter(Boolean)

/** Five objects of three days, on more than two pages of a list, and a line that is not an entry. */
test.beforeEach(() => {
  bucket.objects.clear()
  bucket.broken.clear()
  const days = ['20', '20', '21', '21', '22']
  for (const [index, day] of days.entries()) {
    const some = lines.filter((_, at) => at % days.length === index)
    bucket.objects.set(`entries/day=2026-01-${day}/Tollgate-1-${index}.ndjson.gz`, zipped(some))
  }
  bucket.objects.set('entries/day=2026-01-22/readme.txt', Buffer.from('not an object of entries'))
  bucket.objects.set('undelivered/day=2026-01-22/x.ndjson.gz', zipped(['{}']))
  bucket.objects.set('entries-before/day=2026-01-19/x.ndjson.gz', zipped(['{}']))
})

async function audit() {
  const wrong: string[] = []
  const audited = await auditArchive(table, archiveLines(where), { onDifference: (line) => wrong.push(line) })
  return { ...audited, wrong }
}

test('a whole archive proves the accounts, page by page of its list, without reading other folders', async () => {
  const clean = { accounts: 1, duplicates: 0, unarchived: 0, differences: 0, wrong: [] }
  expect(await audit()).toEqual({ ...clean, entries: length })
})

test('a lost object is reported', async () => {
  bucket.objects.delete('entries/day=2026-01-22/Tollgate-1-4.ndjson.gz')
  expect((await audit()).differences).toBeGreaterThan(0)
})

test('an object that is not an archive fails, and does not count as empty', async () => {
  bucket.objects.set('entries/day=2026-01-20/Tollgate-1-0.ndjson.gz', Buffer.from('not zipped'))
  await expect(audit()).rejects.toThrow('incorrect header check')
})

test('a truncated object fails, and does not count as short', async () => {
  bucket.broken.add('entries/day=2026-01-21/Tollgate-1-3.ndjson.gz')
  await expect(audit()).rejects.toThrow('aborted')
})

test('only changed objects are replaced, under their own keys', async () => {
  const before = new Map(bucket.objects)
  const change = (line: string) => (line.includes('"version":3}') ? '{"gone":true}' : line)
  const change3 = async (isApplied: boolean) => {
    const changes = []
    for await (const one of changeArchive(where, change, isApplied)) changes.push(one)
    return changes
  }
  const expected = [{ object: 'entries/day=2026-01-21/Tollgate-1-2.ndjson.gz', changed: 1 }]
  expect(await change3(false)).toEqual(expected)
  expect(new Map(bucket.objects)).toEqual(before)
  expect(await change3(true)).toEqual(expected)
  const changed = [...bucket.objects].filter(([key, object]) => before.get(key) !== object)
  expect(changed.map(([key]) => key)).toEqual(expected.map(({ object }) => object))
  const [[, object] = []] = changed
  expect(linesIn(object)).toEqual(['{"gone":true}', ...lines.filter((_, at) => at > 2 && at % 5 === 2)])
  expect(await change3(true)).toEqual([])
})
