import fc from 'fast-check'
import type { Authorization } from '../../core/journal/entry.ts'
import { dayMs, hourMs, minuteMs } from '../../core/time/time.ts'
import { withIncluded } from '../support/included-catalog.ts'
import type { World } from '../support/world.ts'

/* Random actions of a team, and their execution in a world. */

export const meters = [
  'automation-autocad',
  'model-derivative-complex-job',
  'model-derivative-basic',
  'automation-fusion',
]

type Step =
  | {
      readonly do: 'ask'
      readonly meter: number
      readonly units: number
      readonly extra: number
      readonly hold: number
      /** Asks under a quote of the same use. */
      readonly isQuoted?: true
    }
  | { readonly do: 'capture'; readonly which: number; readonly part: number; readonly isFinal: boolean }
  | { readonly do: 'void'; readonly which: number }
  | {
      readonly do: 'use'
      readonly meter: number
      readonly units: number
      readonly extra: number
      readonly age: number
    }
  | { readonly do: 'buy'; readonly tokens: number; readonly age: number }
  | {
      readonly do: 'plan'
      readonly plan: 'free' | 'paid'
      readonly money: boolean
      readonly limit: number | undefined
    }
  | { readonly do: 'subscribe'; readonly counts: readonly number[]; readonly isEnding: boolean }
  | { readonly do: 'pass'; readonly ms: number }

/** The launch catalog with included amounts of each meter, for the products `p0` and `p1`. */
export const catalog = withIncluded(
  { product: 'p0', meter: 'automation-autocad', perPeriod: 500 },
  { product: 'p0', meter: 'model-derivative-complex-job', perPeriod: 3 },
  { product: 'p1', meter: 'automation-autocad', perPeriod: 1_000 },
  { product: 'p1', meter: 'model-derivative-basic', perPeriod: 250_000 },
  { product: 'p1', meter: 'automation-fusion', perPeriod: 700 },
)

const meter = fc.nat(meters.length - 1)
const units = fc.nat(4)
const extra = fc.integer({ min: 1, max: 700 })
const ask = fc.record({
  do: fc.constant('ask' as const),
  meter,
  units,
  extra,
  hold: fc.constantFrom(60, 600, 3_600, 86_400),
})
const capture = fc.record({
  do: fc.constant('capture' as const),
  which: fc.nat(9),
  part: fc.integer({ min: 0, max: 120 }),
  isFinal: fc.boolean(),
})
const voiding = fc.record({ do: fc.constant('void' as const), which: fc.nat(9) })
const use = fc.record({
  do: fc.constant('use' as const),
  meter,
  units,
  extra,
  age: fc.constantFrom(0, 0, hourMs, 3 * dayMs, 33 * dayMs),
})
const buy = fc.record({
  do: fc.constant('buy' as const),
  tokens: fc.integer({ min: 1, max: 6 }),
  age: fc.constantFrom(0, 364 * dayMs, 365 * dayMs),
})
const plan = fc.record({
  do: fc.constant('plan' as const),
  plan: fc.constantFrom('free' as const, 'paid' as const),
  money: fc.boolean(),
  limit: fc.option(fc.integer({ min: 0, max: 3_000 }), { nil: undefined }),
})
const pass = fc.record({
  do: fc.constant('pass' as const),
  ms: fc.constantFrom(1, minuteMs, hourMs, dayMs, 3 * dayMs, 40 * dayMs, 370 * dayMs),
})

const subscribe = fc.record({
  do: fc.constant('subscribe' as const),
  counts: fc.tuple(fc.nat(2), fc.nat(2)),
  isEnding: fc.boolean(),
})

const quotedAsk = ask.map((step) => ({ ...step, isQuoted: true as const }))

export const anything = fc.oneof(
  ask,
  quotedAsk,
  ask,
  capture,
  capture,
  voiding,
  use,
  use,
  buy,
  plan,
  subscribe,
  pass,
)
const shortPass = fc.record({
  do: fc.constant('pass' as const),
  ms: fc.constantFrom(1, minuteMs, 15 * minuteMs, 4 * hourMs),
})
export const onlyPromised = fc.oneof(
  ask,
  ask,
  ask,
  capture,
  capture,
  capture,
  capture,
  voiding,
  buy,
  buy,
  shortPass,
)
export const promisedWithSubscriptions = fc.oneof(
  { weight: 10, arbitrary: onlyPromised },
  { weight: 1, arbitrary: subscribe },
)

/** Asks and captures of a team that has nothing but subscriptions, and events that no step authorizes. */
export const onlyIncluded = fc.oneof(
  ask.map((step) => ({ ...step, units: 0 })),
  ask.map((step) => ({ ...step, units: 0, hold: 86_400 })),
  capture.map((step) => ({ ...step, part: Math.min(100, step.part) })),
  voiding,
  use.map((step) => ({ ...step, units: 0 })),
  subscribe,
  fc.record({
    do: fc.constant('pass' as const),
    ms: fc.constantFrom(minuteMs, hourMs, 9 * hourMs, 3 * dayMs),
  }),
)

/** Uses of a meter that no step authorizes: its remainder shifts no unit of a held meter. */
const lateUse = use.map((step) => ({ ...step, meter: 3 }))
const switching = plan.map((step) => ({ ...step, plan: 'paid' as const }))

/** Promised use within its hold, while pay-as-you-go, its limit and unauthorized use of another meter change around it. */
export const withSwitches = fc.oneof(
  ask.map((step) => ({ ...step, meter: step.meter % 3 })),
  ask.map((step) => ({ ...step, meter: step.meter % 3 })),
  capture.map((step) => ({ ...step, part: Math.min(100, step.part) })),
  capture.map((step) => ({ ...step, part: Math.min(100, step.part) })),
  voiding,
  buy,
  subscribe,
  shortPass,
  switching,
  lateUse,
)

/** A change of plan and a moment after it: terms of zero length are not remembered, so no grant may fall into them. */
export function apart(step: Step): readonly Step[] {
  return step.do === 'plan' ? [step, { do: 'pass', ms: 1 }] : [step]
}

function size(index: number, count: number, rest: number): { name: string; quantity: number } {
  const name = meters[index] ?? 'automation-autocad'
  const unitSize =
    { 'model-derivative-complex-job': 2, 'model-derivative-basic': 300_000, 'automation-fusion': 1_200 }[
      name
    ] ?? 720
  return { name, quantity: count * unitSize + Math.max(1, Math.floor((rest / 700) * unitSize)) }
}

/** Subscriptions from the first of the month on, or to the end of it. */
function subscribeTo(world: World, { counts, isEnding }: Extract<Step, { do: 'subscribe' }>): void {
  const month = new Date(world.now).toISOString().slice(0, 7)
  const rows = counts.flatMap((count, index) =>
    count === 0
      ? []
      : [{ product: `p${index}`, count, from: `${month}-01`, ...(isEnding && { until: `${month}-01` }) }],
  )
  world.subscribe(...rows)
}

const isOpen = (world: World, { closed, expiresAt }: Authorization) => !closed && world.now < expiresAt

export function run(
  world: World,
  steps: readonly Step[],
  check: (world: World) => void = () => {},
  onlyOpen = false,
): World {
  const ids: string[] = []
  for (const step of steps) {
    if (step.do === 'ask') {
      const { name, quantity } = size(step.meter, step.units, step.extra)
      const answer = world.ask(name, quantity, step.hold, {
        quoteId: step.isQuoted && world.quote(name, quantity),
      })
      if ('id' in answer) ids.push(answer.id)
    } else if (step.do === 'use') {
      const { name, quantity } = size(step.meter, step.units, step.extra)
      world.use(name, quantity, step.age)
    } else if (step.do === 'buy') world.buy(step.tokens, step.age)
    else if (step.do === 'plan') {
      const money = step.plan === 'paid' && step.money
      world.plan({ plan: step.plan, payAsYouGo: money, spendLimitUsdCents: money ? step.limit : undefined })
    } else if (step.do === 'pass') world.pass(step.ms)
    else if (step.do === 'subscribe') subscribeTo(world, step)
    else {
      const id = ids[step.which % Math.max(1, ids.length)]
      const authorization = id === undefined ? undefined : world.authorizations.get(id)
      if (id === undefined || authorization === undefined) continue
      if (step.do === 'void') world.void(id)
      else if (isOpen(world, authorization) || !onlyOpen)
        world.capture(id, Math.floor((authorization.quantity * step.part) / 100), step.isFinal)
    }
    check(world)
  }
  return world
}
