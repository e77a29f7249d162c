import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { faultPage } from '../../faults/fault-page.ts'
import { readFaultPage } from '../../faults/fault-page-reader.ts'
import { runTable, type TableRun } from '../../faults/table.ts'

/** Files that share the fault table: each fills every fourth row. */
const shards = 4
/** Disturbed requests of the whole table, at least. */
const pointsMin = 1_000

/** Runs the operations of one shard, counted from 1, through every fault. */
export function testFaultTable(shard: number): void {
  let run: TableRun
  beforeAll(async () => {
    run = await runTable((operations) => operations.filter((_, index) => index % shards === shard - 1))
    console.log(`fault table, ${shard} of ${shards}: ${run.points} points in ${run.seconds.toFixed(1)} s`)
  })

  test('every operation is done exactly once under every fault, and no cell is empty', () => {
    expect(run.found).toEqual([])
    expect(run.points).toBeGreaterThan(pointsMin / shards)
  })

  test('docs/fault-table.md says what this run has found: `npm run faults -- --write`', () => {
    const committed = readFaultPage(readFileSync(faultPage, 'utf8'))
    const found = readFaultPage(run.page)
    expect(found.rows.size).toBeGreaterThan(0)
    for (const [operation, cells] of found.rows)
      expect(committed.rows.get(operation), operation).toEqual(cells)
  })
}
