import fc from 'fast-check'
import { expect } from 'vitest'
import { emptyAccount } from '../../core/account/account.ts'
import { amountOf, spanOf } from '../../core/account/budgets.ts'
import { tidy } from '../../core/account/tidy.ts'
import type { Entry, EntryOf } from '../../core/journal/entry.ts'
import { apply } from '../../core/journal/fold.ts'
import { hourMs, minuteMs } from '../../core/time/time.ts'
import { World } from '../support/world.ts'

/* An agent that asks, works, overruns and comes late at random never passes its quotes and budgets. */

const meters = ['automation-autocad', 'automation-fusion']
const meter = fc.constantFrom(...meters)
const quantity = fc.integer({ min: 1, max: 1_500 })
const budget = fc.constantFrom(0, 0, 0, 1, 2)
/** One of the latest authorizations. */
const which = fc.nat(3)
const step = fc.oneof(
  { weight: 1, arbitrary: fc.record({ act: fc.constant('quote' as const), meter, quantity }) },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('ask' as const),
      meter,
      quantity,
      hold: fc.constantFrom(60, 60, 3_600, 86_400),
      quote: fc.option(fc.nat(3), { freq: 1 }),
      budget,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('capture' as const),
      which,
      part: fc.constantFrom(10, 50, 100, 100, 250),
      isFinal: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('void' as const), which }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('reverse' as const), which }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('use' as const), meter, quantity }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('pass' as const),
      ms: fc.constantFrom(minuteMs, 2 * minuteMs, hourMs, 15 * hourMs),
    }),
  },
)
/** A story that may end with revocations, after which late reports come in. */
const story = fc.tuple(
  fc.array(step, { minLength: 10, maxLength: 50 }),
  fc.subarray([0, 1, 2]),
  fc.array(step, { maxLength: 10 }),
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

/** A team with three budgets of which each is small, and money behind them. */
function agentWorld(): { readonly world: World; readonly budgets: string[] } {
  const world = new World('2027-03-10T10:00:00Z')
  world.plan({ plan: 'paid', payAsYouGo: true })
  world.buy(3)
  const budgets = [
    world.budget('tokens', 4_000),
    world.budget('usd-cents', 900),
    world.budget('tokens', 6_500, 'month'),
  ]
  return { world, budgets }
}

function live(world: World, budgets: readonly string[], step: Step): void {
  const ids = [...world.authorizations.keys()]
  const idOf = (back: number) => ids.at(-1 - back)
  if (step.act === 'quote') world.quote(step.meter, step.quantity)
  else if (step.act === 'ask') {
    const quoteId = step.quote === null ? undefined : [...world.quotes.keys()].at(-1 - step.quote)
    const budgetId = budgets[step.budget]
    world.ask(step.meter, step.quantity, step.hold, { budgetId, ...(quoteId && { quoteId }) })
  } else if (step.act === 'use') world.use(step.meter, step.quantity)
  else if (step.act === 'pass') world.pass(step.ms)
  else work(world, idOf(step.which), step)
}

function work(world: World, id: string | undefined, step: Extract<Step, { which: number }>): void {
  const authorization = world.authorizations.get(id ?? '')
  if (id === undefined || authorization === undefined) return
  if (step.act === 'void') world.void(id)
  else if (step.act === 'capture')
    world.capture(id, Math.floor((authorization.quantity * step.part) / 100), step.isFinal)
  else if (authorization.closedBecause !== 'reversed' && authorization.used > 0)
    world.reverse(world.entries.find((entry) => idIn(entry) === id))
}

const idIn = (entry: Entry) => ('authorization' in entry ? entry.authorization.authorizationId : undefined)

/** The cost of a capture at both prices, as far as its charges show it. */
function costOf({ usage }: EntryOf<'capture'>, prices: Record<string, readonly [number, number]>) {
  const [milliTokens, usdCents] = prices[usage.meter] ?? [0, 0]
  const units = usage.charges.reduce((sum, charge) => sum + charge.units, 0)
  return { milliTokens: units * milliTokens, usdCents: units * usdCents }
}

/** Runs random stories of agents. Each must stay within every quote and budget, and its journal must fold. */
export function runAgents(runs: { readonly numRuns: number }): void {
  fc.assert(
    fc.property(story, ([before, revoked, after]) => {
      const { world, budgets } = agentWorld()
      for (const each of before) live(world, budgets, each)
      for (const index of revoked) world.revoke(budgets[index] ?? '')
      for (const each of after) live(world, budgets, each)
      const prices = Object.fromEntries(
        world.catalog.rateCards.flatMap((card) =>
          card.meters.map((row) => [row.meter, [row.milliTokensPerUnit, row.usdCentsPerUnit] as const]),
        ),
      )
      const spent = new Map<string, number>()
      const made = new Map<string, EntryOf<'budget-made'>>()
      const add = (key: string, amount: number) => {
        const sum = (spent.get(key) ?? 0) + amount
        spent.set(key, sum)
        return sum
      }
      for (const entry of world.entries) {
        if (entry.kind === 'budget-made') made.set(entry.budgetId, entry)
        if (entry.kind !== 'capture') continue
        const { authorizationId, quoteId, budgetId, cap } = entry.authorization
        const cost = costOf(entry, prices)
        const quote = world.quotes.get(quoteId ?? '')
        if (quote !== undefined && cap !== undefined) {
          expect(add(`t ${authorizationId}`, cost.milliTokens)).toBeLessThanOrEqual(quote.milliTokens)
          expect(add(`m ${authorizationId}`, cost.usdCents)).toBeLessThanOrEqual(quote.usdCents)
        }
        const budget = made.get(budgetId ?? '')
        if (budget === undefined) continue
        const returned = returnedTo(world, entry, budget)
        const sum = add(`${budgetId} ${spanOf(budget.every, entry.at)}`, amountOf(budget, cost))
        expect(sum - returned).toBeLessThanOrEqual(budget.amount)
      }
      const folded = world.entries.reduce(apply, emptyAccount('acme'))
      expect(tidy(folded, world.now)).toEqual(tidy(world.account, world.now))
    }),
    runs,
  )
}

/** The amount that reversals before an entry have given back to its budget in the day or month of the entry. */
function returnedTo(world: World, { version, at }: Entry, budget: EntryOf<'budget-made'>): number {
  return world.entries.reduce((sum, entry) => {
    if (entry.kind !== 'reversal' || !('budget' in entry) || entry.version >= version) return sum
    const isSame = entry.budget?.budgetId === budget.budgetId
    return isSame && spanOf(budget.every, entry.at) === spanOf(budget.every, at)
      ? sum - (entry.budget?.used ?? 0)
      : sum
  }, 0)
}
