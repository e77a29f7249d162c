import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Charge, Entry } from '../../core/journal/entry.ts'
import { dayMs } from '../../core/time/time.ts'
import type { Item } from '../../lambdas/store/table.ts'
import { addBills, addSum, rowsOf, sumsOf, type UsageRow } from '../../lambdas/store/usage-sums.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { World } from '../support/world.ts'

const [autocad, complex] = ['automation-autocad', 'model-derivative-complex-job']
const always = { from: '2026-01-01', to: '2028-12-31' }

/** Rows of the team's totals as the usage view keeps them for a history. */
function rowsIn({ entries }: World): readonly UsageRow[] {
  const items = new Map<string, Item>()
  for (const sum of sumsOf('acme', entries)) addSum(items, sum)
  return [...items.values()]
    .flatMap((item) => rowsOf(item, always.from, always.to))
    .filter(({ appId }) => appId === undefined)
}

/** US cents of a month's use, those of them in other bills, and those of other months in this month's bill. */
function partsOf(rows: readonly UsageRow[], month: string) {
  const own = rows.filter(({ day }) => day.startsWith(month))
  const others = rows.filter(({ day }) => !day.startsWith(month))
  const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0)
  return {
    use: sum(own.map(({ usdCents }) => usdCents)),
    elsewhere: sum(own.flatMap(({ otherBills = {} }) => Object.values(otherBills))),
    late: sum(others.map(({ otherBills = {} }) => otherBills[month] ?? 0)),
  }
}

/** US cents of a month's charges that paid shortfall, which are charges of no day's use. */
function shortfallIn(entries: readonly Entry[], month: string): number {
  const ofMonth = (charges: readonly Charge[] = []) =>
    charges.reduce(
      (sum, charge) =>
        charge.source === 'pay-as-you-go' && charge.period === month ? sum + charge.usdCents : sum,
      0,
    )
  return entries.reduce(
    (sum, entry) =>
      sum +
      ('paidShortfall' in entry ? ofMonth(entry.paidShortfall) : 0) -
      (entry.kind === 'reversal' ? ofMonth(entry.unpaid) : 0),
    0,
  )
}

function creditedIn(entries: readonly Entry[], month: string): number {
  return entries
    .flatMap((entry) => (entry.kind === 'reversal' ? entry.creditNotes : []))
    .filter(({ period }) => period === month)
    .reduce((sum, { usdCents }) => sum + usdCents, 0)
}

type Step =
  | { readonly kind: 'use'; readonly meter: string; readonly quantity: number; readonly ageDays: number }
  | { readonly kind: 'pass'; readonly days: number }
  | { readonly kind: 'reverse'; readonly back: number }
  | { readonly kind: 'plan'; readonly payAsYouGo: boolean }
  | { readonly kind: 'buy' }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('use' as const),
      meter: fc.constantFrom(autocad, complex),
      quantity: fc.integer({ min: 1, max: 3_000 }),
      ageDays: fc.integer({ min: 0, max: 33 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), days: fc.integer({ min: 1, max: 20 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('reverse' as const), back: fc.integer({ min: 0, max: 9 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('plan' as const), payAsYouGo: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'buy' as const }) },
)

function live(world: World, steps: readonly Step[]): void {
  for (const move of steps) {
    if (move.kind === 'pass') world.pass(move.days * dayMs)
    else if (move.kind === 'buy') world.buy(100)
    else if (move.kind === 'plan') world.plan({ plan: 'paid', payAsYouGo: move.payAsYouGo })
    else if (move.kind === 'use') world.use(move.meter, move.quantity, move.ageDays * dayMs)
    else {
      const used = world.entries.filter(({ kind }) => kind === 'usage')
      if (used.length > 0) world.reverse(used.at(-1 - (move.back % used.length)))
    }
  }
  world.pass(40 * dayMs)
}

test('each bill is the use of its month, less what other bills have of it, plus late use of other months', () => {
  let billed = 0
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), (steps) => {
      const world = new World('2026-02-20T10:00:00Z')
      world.plan({ plan: 'paid', payAsYouGo: true })
      live(world, steps)
      const rows = rowsIn(world)
      const bills = world.entries.filter((entry) => entry.kind === 'period-closed')
      billed += bills.length
      for (const { period, usdCents } of bills) {
        const { use, elsewhere, late } = partsOf(rows, period)
        const shown = use - elsewhere + late + shortfallIn(world.entries, period)
        expect(shown).toBe(usdCents - creditedIn(world.entries, period))
      }
    }),
    { ...propertyRuns(60), seed: 5 },
  )
  expect(billed).toBeGreaterThan(0)
})

test('late use is named by the month of its bill, and use in time has no such part', () => {
  const world = new World('2026-02-20T10:00:00Z')
  world.plan({ plan: 'paid', payAsYouGo: true })
  world.use(autocad, 720)
  world.pass(20 * dayMs)
  world.use(autocad, 1_440, 15 * dayMs)
  const [inTime, late] = rowsIn(world)
  expect(inTime).toMatchObject({ day: '2026-02-20', usdCents: 300 })
  expect(inTime).not.toHaveProperty('otherBills')
  expect(late).toMatchObject({ day: '2026-02-25', usdCents: 600, otherBills: { '2026-03': 600 } })
})

test('late use that was taken back leaves no part', () => {
  const world = new World('2026-02-20T10:00:00Z')
  world.plan({ plan: 'paid', payAsYouGo: true })
  world.pass(20 * dayMs)
  world.use(autocad, 1_440, 15 * dayMs)
  world.reverse(world.entries.at(-1))
  expect(rowsIn(world)).toEqual([])
})

test('parts of several rows are added by the month of their bill', () => {
  expect(addBills(undefined, undefined)).toBeUndefined()
  expect(addBills({ '2026-03': 300 }, { '2026-03': 200, '2026-04': 100 })).toEqual({
    '2026-03': 500,
    '2026-04': 100,
  })
})
