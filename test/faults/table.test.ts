import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { functions } from '../../lib/functions.ts'
import { columns, engineKilledName } from './columns.ts'
import { provedElsewhere } from './elsewhere.ts'
import { faultPage, toPage } from './fault-page.ts'
import { readFaultPage } from './fault-page-reader.ts'
import { visitColumns } from './table.ts'

test('every call and every function has a row, and there are many faults', async () => {
  const { operations, uncovered } = await import('./team-operations.ts')
  expect(uncovered(Object.keys(functions) as (keyof typeof functions)[])).toEqual([])
  expect(new Set(operations.map(({ name }) => name)).size).toBe(operations.length)
  expect(columns.length).toBeGreaterThanOrEqual(14)
})

test('a function or a call that nobody has thought of is noticed', async () => {
  const { uncovered } = await import('./team-operations.ts')
  expect(uncovered(['sweep', 'brand-new' as never])).toEqual(['brand-new'])
})

test('under one disturbance of each fault an operation is done exactly once', async () => {
  const { faults, operations, wrong } = await visitColumns()
  expect(wrong).toEqual([])
  expect([...faults].toSorted()).toEqual([...columns.map(({ name }) => name), engineKilledName].toSorted())
  expect(operations.length).toBeGreaterThan(columns.length / 2)
})

test.each(provedElsewhere)('$fault: its test is there', ({ file, test: name }) => {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
  expect(text).toContain(`test('${name}'`)
})

test('docs/fault-table.md has a row for each operation, all faults and all tests elsewhere', async () => {
  const { operations } = await import('./team-operations.ts')
  const page = readFileSync(faultPage, 'utf8')
  expect([...readFaultPage(page).rows.keys()]).toEqual(operations.map(({ name }) => name))
  const withoutRows = toPage(new Map(), []).split('\n')
  expect(withoutRows.filter((line) => !page.includes(line))).toEqual([])
})
