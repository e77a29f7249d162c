import fc from 'fast-check'
import { expect } from 'vitest'
import type { UsageDimension } from '../../contract/get-usage.ts'
import { dayMs } from '../../core/time/time.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { type UsageGroup, UsagePages } from '../../lambdas/store/usage-pages.ts'
import { test } from '../support/fixtures.ts'
import { putItems } from '../support/put-items.ts'
import { allGroups, type UseOfDay, usageItems } from '../support/usage-rows.ts'

const first = Date.parse('2026-01-20')
const days = 100
const dayAt = (index: number) => new Date(first + index * dayMs).toISOString().slice(0, 10)

/** Every sensible grouping: by day, by month or by neither, and with or without meter and app. */
const groupings: readonly (readonly UsageDimension[])[] = ([[], ['day'], ['month']] as const)
  .flatMap((time) =>
    [[], ['meter'], ['app'], ['meter', 'app'], ['app', 'meter']].map((rest) => [...time, ...rest]),
  )
  .filter((by) => by.length > 0) as UsageDimension[][]

const aDay = fc.nat(days - 1).map(dayAt)
const aUse: fc.Arbitrary<UseOfDay> = fc.record({
  // Ids of which one begins another, so that their keys are neighbours.
  appId: fc.constantFrom('a', 'a-b', 'a.b', 'A_1', 'b', 'b2', 'zz'),
  meter: fc.constantFrom('m', 'm-1', 'other'),
  day: aDay,
  quantity: fc.integer({ min: 1, max: 1_000 }),
  included: fc.integer({ min: 0, max: 5 }),
  units: fc.integer({ min: 1, max: 9 }),
})
const aQuestion = fc.record({
  uses: fc.array(aUse, { minLength: 1, maxLength: 60 }),
  by: fc.constantFrom(...groupings),
  range: fc.tuple(aDay, aDay).map((two) => two.toSorted()),
  appId: fc.option(fc.constantFrom('a', 'b2', 'nobody'), { nil: undefined }),
  size: fc.record({ usual: fc.integer({ min: 1, max: 12 }), daily: fc.integer({ min: 1, max: 6 }) }),
})

/** A group as one line of text. */
const lineOf = ({ names, ...amounts }: UsageGroup, by: readonly UsageDimension[]) =>
  [...by.map((name) => names[name]), ...Object.values(amounts)].join(' ')

/** The lines of all groups, added up from the uses alone. */
function linesFrom(uses: readonly UseOfDay[], by: readonly UsageDimension[]): readonly string[] {
  const nameOf = ({ day, meter, appId }: UseOfDay) => ({ day, month: day.slice(0, 7), meter, app: appId })
  const grouped = Map.groupBy(uses, (use) => by.map((name) => nameOf(use)[name]).join(' '))
  return [...grouped].map(([names, own]) => {
    const sum = (amount: (use: UseOfDay) => number) => own.reduce((total, use) => total + amount(use), 0)
    const units = sum((use) => use.units ?? 0)
    const amounts = [
      sum((use) => use.quantity),
      sum((use) => use.included ?? 0),
      2 * units,
      1_000 * units,
      units,
    ]
    return [names, ...amounts].join(' ')
  })
}

let table: Table
test.beforeEach(({ table: fresh }) => {
  table = fresh
})

test('the pages of any grouping have every sum once and whole, at any page size', async () => {
  let count = 0
  await fc.assert(
    fc.asyncProperty(aQuestion, async ({ uses, by, range: [from = '', to = ''], appId, size }) => {
      const teamId = `team-${count++}`
      await putItems(table, usageItems(teamId, uses))
      const groups = await allGroups(table, { teamId, from, to, by, ...(appId && { appId }) }, size)
      const meant = uses.filter(
        (use) => use.day >= from && use.day <= to && (appId === undefined || use.appId === appId),
      )
      const lines = groups.map((group) => lineOf(group, by))
      expect(lines.toSorted()).toEqual(linesFrom(meant, by).toSorted())
    }),
    { numRuns: 150 },
  )
})

test('a page begins where the one before it ended, so each reads few items', async () => {
  const uses = Array.from({ length: 30 }, (_, app) =>
    Array.from({ length: 3 }, (_, month) => {
      return { appId: `app-${app}`, meter: 'm', day: dayAt(month * 31), quantity: 1 }
    }),
  ).flat()
  await putItems(table, usageItems('acme', uses))
  const pages = new UsagePages(table, { usual: 9, daily: 9 })
  const question = { teamId: 'acme', from: dayAt(0), to: dayAt(99) } as const
  const { groups, end } = await pages.page({ ...question, by: ['app'] })
  // Nine items are three of each month; the last app of each may go on.
  expect(end).toEqual({ appId: 'app-1' })
  expect(groups.map(({ names, quantity }) => [names.app, quantity])).toEqual([
    ['app-0', 3],
    ['app-1', 3],
  ])
  expect((await pages.page({ ...question, by: ['month', 'app'] })).end).toEqual({
    period: '2026-01',
    appId: 'app-15',
  })
  expect((await pages.page({ ...question, by: ['month', 'meter'] })).end).toBeUndefined()
})

test('groups come in the order of their names', async () => {
  const uses = ['b', 'a', 'c'].map((appId) => ({ appId, meter: 'm', day: dayAt(0), quantity: 1 }))
  await putItems(table, usageItems('acme', uses))
  const question = { teamId: 'acme', from: dayAt(0), to: dayAt(0), by: ['meter', 'app'] } as const
  const { groups } = await new UsagePages(table).page(question)
  expect(groups.map(({ names }) => names.app)).toEqual(['a', 'b', 'c'])
})
