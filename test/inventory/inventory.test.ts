import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { missingCells, missingKillPoints, missingTests, renameOperations, staleRows } from './compare.ts'
import {
  type Covered,
  coveredCells,
  coveredTests,
  coveredViews,
  fewerKillPoints,
  renamedRowsAndColumns,
} from './covered-by.ts'
import type { Inventory } from './inventory.ts'
import { readInventory } from './read-inventory.ts'
import renamed from './renamed.json' with { type: 'json' }
import { proposeRenames, type Renames } from './renames.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const before = renameOperations(
  JSON.parse(readFileSync(new URL('before.json', import.meta.url), 'utf8')) as Inventory,
  renamedRowsAndColumns,
)
const covered: readonly Covered[] = [
  ...coveredTests,
  ...Object.entries(renamed as Renames).map(([was, by]) => ({ was, by })),
]
const add = 'add the test, or a row to test/inventory/covered-by.ts; renamed: npm run inventory -- --renames'

describe('the short and the long suite together', () => {
  let today: Inventory
  beforeAll(async () => {
    today = await readInventory(root)
  })

  test('have every test that there was, by name and as often, or one that covers it', () => {
    expect(missingTests(before.tests, today.tests, covered), add).toEqual([])
  })

  test('need every row of the table of covered tests', () => {
    expect(staleRows(before.tests, today.tests, covered)).toEqual([])
  })

  test('prove every cell of the fault table that was proved', () => {
    expect(
      missingCells(before, today).filter((cell) => !(cell in coveredCells)),
      add,
    ).toEqual([])
  })

  test('kill every operation at as many points as before', () => {
    expect(missingKillPoints(before.killPoints, today.killPoints, fewerKillPoints), add).toEqual([])
  })

  test('look at every page in both languages on every screen', () => {
    const seen = new Set(today.views)
    const missing = before.views.filter((view) => !seen.has(view) && !(view in coveredViews))
    expect(missing, add).toEqual([])
  })
})

describe('the comparison', () => {
  const old = { 'test/a.test.ts': ['one', 'two', 'two'] }

  test('finds a test in another file', () => {
    expect(missingTests(old, { 'test/long/b.test.ts': ['two', 'one', 'two'] }, [])).toEqual([])
  })

  test('notices a test that is gone, also one of two with the same name', () => {
    expect(missingTests(old, { 'test/a.test.ts': ['two'] }, [])).toEqual([
      'one (test/a.test.ts)',
      'two (test/a.test.ts)',
    ])
  })

  test('accepts a row only while its test exists', () => {
    const today = { 'test/a.test.ts': ['first', 'two', 'two'] }
    expect(missingTests(old, today, [{ was: 'one', by: 'first' }])).toEqual([])
    expect(missingTests(old, today, [{ was: /^o/, by: 'first' }])).toEqual([])
    expect(missingTests(old, today, [{ was: 'one', by: 'gone' }])).toEqual(['one (test/a.test.ts)'])
  })

  test('names rows that are not needed, or name no test', () => {
    const rows = [
      { was: 'one', by: 'two' },
      { was: /^never/, by: 'two' },
    ]
    expect(staleRows(old, old, rows)).toEqual([
      'one: no such test is missing',
      '/^never/: no such test is missing',
    ])
    expect(staleRows(old, { a: ['two'] }, [{ was: 'one', by: 'x' }])).toContain('one: there is no test x')
  })

  test('notices a cell that is proved no more', () => {
    const cells = { ...before, faults: ['a', 'b'], faultCells: { op: 'xx' } }
    expect(missingCells(cells, { ...cells, faultCells: { op: 'x-' } })).toEqual(['op × b'])
  })

  test('notices fewer kill points, and allowances that are too large', () => {
    expect(missingKillPoints({ op: 4, other: 4 }, { op: 2, other: 4 }, {})).toEqual(['op: 2 of 4'])
    expect(missingKillPoints({ op: 4 }, { op: 2 }, { op: { points: 2 } })).toEqual([])
    expect(missingKillPoints({ op: 4 }, { op: 4 }, { op: { points: 2 } })).toEqual(['op: needs no allowance'])
  })

  test('finds rows and columns of the fault table under their names of today', () => {
    const cells = { ...before, faults: ['a'], faultCells: { op: 'x' }, killPoints: { op: 4 } }
    const { faults, faultCells, killPoints } = renameOperations(cells, { a: 'fault', op: 'operation' })
    expect([faults, faultCells, killPoints]).toEqual([['fault'], { operation: 'x' }, { operation: 4 }])
  })

  test('proposes the name of the test that is at the same place today', () => {
    const today = { 'test/long/a.test.ts': ['new', 'one, in other words', 'two', 'a second', 'three'] }
    const old = { 'test/a.test.ts': ['one in words', 'two', 'another', 'three'] }
    expect(proposeRenames(old, today)).toEqual({
      'one in words': 'one, in other words',
      another: 'a second',
    })
  })
})
