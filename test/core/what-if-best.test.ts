import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyAccount } from '../../core/account/account.ts'
import type { Catalog } from '../../core/catalog/catalog.ts'
import { monthOfDays } from '../../core/forecast/assumed-month.ts'
import { whatIf } from '../../core/forecast/what-if.ts'
import { launchCatalog } from '../support/launch-catalog.ts'
import { propertyRuns } from '../support/property-runs.ts'

/* The pricer of this file is separate from the rules: it knows sums, whole units and price steps, and it tries every purchase. */

const now = Date.parse('2026-11-10T10:00:00Z')

interface Row {
  readonly api: 0 | 1
  readonly unitSize: number
  readonly tokens: number
  readonly cents: number
  readonly free: number
  readonly stopsApi: boolean
  readonly included: number
}

interface Use {
  readonly day: number
  readonly meter: number
  readonly quantity: number
}

interface Case {
  readonly rows: readonly Row[]
  readonly uses: readonly Use[]
  readonly minimum: number
  /** Price of a token from 0, 20 and 100 tokens on. */
  readonly prices: readonly number[]
  readonly bought: number
  readonly country: string
}

const steps = [1, 20, 100]
const rowArb: fc.Arbitrary<Row> = fc.record({
  api: fc.constantFrom(0, 1),
  unitSize: fc.integer({ min: 1, max: 9 }),
  tokens: fc.constantFrom(0.5, 1, 2, 3),
  cents: fc.integer({ min: 50, max: 900 }),
  free: fc.integer({ min: 0, max: 60 }),
  stopsApi: fc.boolean(),
  included: fc.constantFrom(0, 0, 7, 40),
})
const caseArb: fc.Arbitrary<Case> = fc.record({
  rows: fc.array(rowArb, { minLength: 1, maxLength: 4 }),
  uses: fc
    .array(
      fc.record({
        day: fc.integer({ min: 1, max: 31 }),
        meter: fc.nat({ max: 3 }),
        quantity: fc.integer({ min: 1, max: 60 }),
      }),
      { maxLength: 25 },
    )
    .map((uses) => uses.toSorted((a, b) => a.day - b.day)),
  minimum: fc.integer({ min: 1, max: 30 }),
  prices: fc.tuple(
    fc.integer({ min: 250, max: 320 }),
    fc.integer({ min: 150, max: 320 }),
    fc.integer({ min: 100, max: 320 }),
  ),
  bought: fc.constantFrom(0, 0, 40, 120),
  country: fc.constantFrom('US', 'US', 'BR'),
})

function catalogOf({ rows, minimum, prices }: Case): Catalog {
  const meters = rows.map((row, index) => ({
    meter: `m${index}`,
    api: `api-${row.api}`,
    baseUnit: 'jobs',
    unitSize: row.unitSize,
    milliTokensPerUnit: row.tokens * 1_000,
    usdCentsPerUnit: row.cents,
    freePerPeriod: row.free,
    freeLimitStops: row.stopsApi ? ('api' as const) : ('meter' as const),
  }))
  const products = rows.map(({ included }, index) => {
    return { product: 'suite', meter: `m${index}`, perPeriod: included }
  })
  return {
    ...launchCatalog,
    rateCards: [{ version: 'test', effectiveAt: 0, meters }],
    includedAmounts: [{ version: 'test', effectiveAt: 0, products }],
    priceLists: [
      {
        version: 'test',
        effectiveAt: 0,
        minimumTokens: minimum,
        steps: steps.map((fromTokens, index) => ({ fromTokens, unitPriceUsdCents: prices[index] ?? 0 })),
      },
    ],
  }
}

/** Whole units of each row after its included amount. */
const unitsOf = ({ rows, uses }: Case) =>
  rows.map((row, meter) => {
    const all = uses.filter((use) => use.meter === meter).reduce((sum, use) => sum + use.quantity, 0)
    return Math.floor(Math.max(0, all - row.included) / row.unitSize)
  })

function priceOf({ prices }: Case, tokens: number): number {
  let price = 0
  for (const [index, from] of steps.entries()) if (tokens >= from) price = prices[index] ?? 0
  return tokens * price
}

function tokenPrice(input: Case): number {
  const need = unitsOf(input).reduce((sum, units, meter) => sum + units * (input.rows[meter]?.tokens ?? 0), 0)
  if (need === 0) return 0
  let cheapest = Number.POSITIVE_INFINITY
  for (let tokens = input.minimum; tokens <= Math.max(need + 1, 100, input.minimum); tokens += 1)
    if (tokens >= need) cheapest = Math.min(cheapest, priceOf(input, tokens))
  return cheapest
}

const moneyPrice = (input: Case) =>
  unitsOf(input).reduce((sum, units, meter) => sum + units * (input.rows[meter]?.cents ?? 0), 0)

/** Refused base units of each row, with the days in order. */
function refusedOf({ rows, uses }: Case): readonly number[] {
  const [free, included, refused] = [rows.map(() => 0), rows.map(() => 0), rows.map(() => 0)]
  for (const { meter, quantity } of uses) {
    const row = rows[meter]
    if (row === undefined) continue
    const isStopped = rows.some((other, index) => {
      const used = free[index] ?? 0
      return index !== meter && other.stopsApi && other.api === row.api && used > 0 && used >= other.free
    })
    const ofIncluded = Math.min(quantity, row.included - (included[meter] ?? 0))
    const left = isStopped ? 0 : row.free - (free[meter] ?? 0)
    const ofFree = Math.min(quantity - ofIncluded, left)
    included[meter] = (included[meter] ?? 0) + ofIncluded
    free[meter] = (free[meter] ?? 0) + ofFree
    refused[meter] = (refused[meter] ?? 0) + quantity - ofIncluded - ofFree
  }
  return refused
}

/** Pay-as-you-go after the bought tokens: a unit that the tokens do not cover costs money, and later ones may still fit. */
function mixedPrice(input: Case): number {
  const { rows, uses, bought } = input
  const used = rows.map(() => 0)
  let [left, cents] = [bought, 0]
  for (const { meter, quantity } of uses) {
    const row = rows[meter]
    if (row === undefined) continue
    const unitsAfter = (sum: number) => Math.floor(Math.max(0, sum - row.included) / row.unitSize)
    const before = used[meter] ?? 0
    used[meter] = before + quantity
    for (let unit = unitsAfter(before); unit < unitsAfter(before + quantity); unit += 1) {
      if (left >= row.tokens) left -= row.tokens
      else cents += row.cents
    }
  }
  return priceOf(input, bought) + cents
}

test('the best plan is the one that brute force finds, and every cost is right to the cent, 150 times', () => {
  fc.assert(
    fc.property(caseArb, (input) => {
      const account = {
        ...emptyAccount('acme'),
        profile: { country: input.country, paymentMethod: 'none', standing: 'good' } as const,
        subscriptions: [{ product: 'suite', count: 1, from: 0 }],
      }
      const rows = input.uses
        .filter(({ meter }) => meter < input.rows.length)
        .map(({ day, meter, quantity }) => ({
          ...{ day: `2026-10-${String(day).padStart(2, '0')}`, meter: `m${meter}`, quantity },
          ...{ milliTokens: 0, usdCents: 0 },
        }))
      const tokens = input.bought < input.minimum ? 0 : input.bought
      const found = whatIf(account, monthOfDays('2026-10', rows), {
        now,
        catalog: catalogOf(input),
        tokens,
      })
      const refused = refusedOf(input)
      const isRefusing = refused.some((quantity) => quantity > 0)
      const isEligible = input.country === 'US'
      const expected = [
        { plan: 'free', usdCents: 0, isOpen: !isRefusing },
        { plan: 'pay-as-you-go', usdCents: moneyPrice(input), isOpen: isEligible },
        { plan: 'flex', usdCents: tokenPrice(input), isOpen: true },
        ...(tokens > 0
          ? [{ plan: 'flex-then-pay-as-you-go', usdCents: mixedPrice(input), isOpen: isEligible }]
          : []),
      ]
      expect(found.plans.map(({ plan, usdCents }) => ({ plan, usdCents }))).toEqual(
        expected.map(({ plan, usdCents }) => ({ plan, usdCents })),
      )
      const [free] = found.plans
      for (const { meter, refused: quantity } of free?.meters ?? [])
        expect([meter, quantity]).toEqual([meter, refused[Number(meter.slice(1))]])
      const open = expected.filter(({ isOpen }) => isOpen)
      const least = Math.min(...open.map(({ usdCents }) => usdCents))
      expect(found.best).toBe(open.find(({ usdCents }) => usdCents === least)?.plan)
    }),
    propertyRuns(150),
  )
})
