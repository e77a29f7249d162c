import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { functions } from '../../lib/functions.ts'
import { columns } from './columns.ts'
import { provedElsewhere } from './elsewhere.ts'
import { faultPage } from './fault-page.ts'
import { runTable, type TableRun } from './table.ts'

let run: TableRun
beforeAll(async () => {
  run = await runTable()
  console.log(`fault table: ${run.points} points in ${run.seconds.toFixed(1)} s`)
}, 600_000)

test('every call and every function has a row, and there are many faults', async () => {
  const { operations, uncovered } = await import('./all-operations.ts')
  expect(uncovered(Object.keys(functions) as (keyof typeof functions)[])).toEqual([])
  expect(new Set(operations.map(({ name }) => name)).size).toBe(operations.length)
  expect(columns.length).toBeGreaterThanOrEqual(14)
})

test('a function or a call that nobody has thought of is noticed', async () => {
  const { uncovered } = await import('./all-operations.ts')
  expect(uncovered(['sweep', 'brand-new' as never])).toEqual(['brand-new'])
})

test('every operation is done exactly once under every fault, and no cell is empty', () => {
  expect(run.found).toEqual([])
  expect(run.points).toBeGreaterThan(1_000)
})

test.each(provedElsewhere)('$fault: its test is there', ({ file, test: name }) => {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
  expect(text).toContain(`test('${name}'`)
})

test('docs/fault-table.md says what this run has found: `npm run faults -- --write`', () => {
  expect(readFileSync(faultPage, 'utf8')).toBe(run.page)
})
