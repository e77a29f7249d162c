import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Account, HoldSum } from '../../core/account/account.ts'
import { advance } from '../../core/advance.ts'
import type { LimitApp } from '../../core/commands/limit-app.ts'
import { needsUse } from '../../core/commands/limit-app.ts'
import type { Entry } from '../../core/journal/entry.ts'
import { dayMs, hourMs, minuteMs } from '../../core/time/time.ts'
import { AppUseStore } from '../../lambdas/store/app-uses.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { World } from '../support/world.ts'

const meters = ['automation-autocad', 'model-derivative-complex-job'] as const
const apps = ['app', 'other'] as const
const examinedMax = 6

interface Full {
  readonly used: number
  readonly held: readonly HoldSum[]
}

/** Counts the whole journal: the use that counts in the period, and what is open of the grants since a version. */
function fullCount(world: World, appId: string, meter: string, fromVersion = 0): Full {
  let used = 0
  const open = new Map<string, { at: number; grant: number; left: number }>()
  for (const entry of world.entries) {
    for (const { usage, sign } of usesOf(entry))
      if (usage.appId === appId && usage.meter === meter && usage.period === world.account.period)
        used += sign * usage.quantity
    if (!('authorization' in entry)) continue
    const { authorizationId, expiresAt, appId: ofApp, meter: onMeter } = entry.authorization
    if (ofApp !== appId || onMeter !== meter) continue
    const before = open.get(authorizationId)
    if (entry.kind === 'authorization')
      open.set(authorizationId, { at: expiresAt, grant: entry.version, left: entry.authorization.quantity })
    else if (before !== undefined)
      open.set(authorizationId, { ...before, left: before.left - entry.released })
  }
  const sums = new Map<number, number>()
  for (const { at, grant, left } of open.values())
    if (at > world.now && left > 0 && grant >= fromVersion) sums.set(at, (sums.get(at) ?? 0) + left)
  const held = [...sums].map(([expiresAt, quantity]) => ({ expiresAt, quantity }))
  return { used, held: held.toSorted((a, b) => a.expiresAt - b.expiresAt) }
}

function usesOf(entry: Entry) {
  if (entry.kind === 'reversal') return entry.uses.map(({ usage }) => ({ usage, sign: -1 }))
  return entry.kind === 'usage' || entry.kind === 'capture' ? [{ usage: entry.usage, sign: 1 }] : []
}

/** A journal and a usage view as of a version, as the store sees them. */
function storeOf(world: World, viewedTo: () => number): AppUseStore {
  const { entries } = world
  const journal = {
    whole: async (_: string, after: number, version: number) =>
      entries.filter((entry) => entry.version > after && entry.version <= version),
    contiguous: async (_: string, before: number, limit: number) =>
      entries
        .filter(({ version }) => version < before)
        .toReversed()
        .slice(0, limit),
  }
  const view = {
    catchUp: async () => true,
    appUse: async (_: string, appId: string, period: string) => {
      const version = viewedTo()
      const quantities = new Map<string, number>()
      for (const entry of entries.filter((other) => other.version <= version))
        for (const { usage, sign } of usesOf(entry))
          if (usage.appId === appId && usage.period === period)
            quantities.set(usage.meter, (quantities.get(usage.meter) ?? 0) + sign * usage.quantity)
      return { version, quantities }
    },
  }
  return new AppUseStore(journal, view, examinedMax)
}

const index = fc.nat(1)
const anyStep = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('ask' as const),
      app: index,
      meter: index,
      quantity: fc.integer({ min: 1, max: 900 }),
      hold: fc.constantFrom(600, 3_600, 7_200, 86_400, 86_400),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('capture' as const),
      which: fc.nat(9),
      part: fc.integer({ min: 0, max: 120 }),
      isFinal: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('void' as const), which: fc.nat(9) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('use' as const),
      app: index,
      meter: index,
      quantity: fc.integer({ min: 1, max: 900 }),
      age: fc.constantFrom(0, hourMs, 3 * dayMs, 33 * dayMs),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reverse' as const), which: fc.nat(9) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      ms: fc.constantFrom(1, 1, minuteMs, minuteMs, 20 * minuteMs, hourMs, 9 * hourMs, 3 * dayMs, 25 * dayMs),
    }),
  },
)
type Step = typeof anyStep extends fc.Arbitrary<infer One> ? One : never
const limiting = fc.record({
  do: fc.constant('limit' as const),
  app: index,
  meter: index,
  perPeriod: fc.option(fc.integer({ min: 1, max: 5_000 }), { freq: 4 }),
  lag: fc.nat(4),
  /** Steps of others while a warm instance remembers an account, and then between its two tries. */
  meanwhile: fc.array(anyStep, { maxLength: 3 }),
  since: fc.array(anyStep, { maxLength: 3 }),
})

let made = 0

function act(world: World, step: Step): void {
  made += 1
  const ids = [...world.authorizations.keys()]
  const id = 'which' in step ? ids.at(-1 - step.which) : undefined
  if (step.do === 'pass') world.pass(step.ms)
  else if (step.do === 'ask') {
    const appId = apps[step.app] ?? 'app'
    const ask = { appId, meter: meters[step.meter] ?? '', quantity: step.quantity, holdSeconds: step.hold }
    const app = { ...world.app, appId }
    world.decide({ kind: 'authorize', authorizationId: `x${made}`, ...ask }, { ...world.context, app })
  } else if (step.do === 'use') {
    const use = { appId: apps[step.app] ?? 'app', meter: meters[step.meter] ?? '', quantity: step.quantity }
    const event = {
      source: `urn:${world.account.teamId}`,
      id: `u${made}`,
      ...use,
      time: world.now - step.age,
    }
    world.decide({ kind: 'record-usage', events: [event] }, { ...world.context, known: new Map() })
  } else if (step.do === 'reverse') {
    const used = world.entries.filter(({ kind }) => kind === 'usage' || kind === 'capture')
    const entry = used.at(-1 - step.which)
    if (entry !== undefined) world.reverse(entry)
  } else if (id !== undefined && step.do === 'void') world.void(id)
  else if (id !== undefined && step.do === 'capture') {
    const { quantity = 0 } = world.authorizations.get(id) ?? {}
    world.capture(id, Math.floor((quantity * step.part) / 100), step.isFinal)
  }
}

async function limit(world: World, step: typeof limiting extends fc.Arbitrary<infer L> ? L : never) {
  const [appId, meter] = [apps[step.app] ?? 'app', meters[step.meter] ?? '']
  const command: LimitApp = { kind: 'limit-app', appId, meter, perPeriod: step.perPeriod }
  const store = storeOf(world, () => Math.max(0, world.account.version - step.lag))
  const operation = {}
  const find = (account: Account) => {
    const at = { account, storedVersion: account.version, now: world.now, operation }
    return needsUse(account, command) ? store.find(at, command) : undefined
  }
  const { account: remembered } = world
  for (const other of step.meanwhile) act(world, other)
  await find(advance(remembered, world.now, world.catalog).account)
  for (const other of step.since) act(world, other)
  const use = await find(world.account)
  if (use?.fromVersion !== undefined)
    expect(world.account.version - use.fromVersion + 1).toBeGreaterThanOrEqual(examinedMax)
  world.decide(command, { ...world.context, ...(use && { use }) })
}

test('a limit counts what a full count of the journal finds, from its start and after any later entries', async () => {
  let [withHolds, partial] = [0, 0]
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof({ weight: 5, arbitrary: anyStep }, { weight: 1, arbitrary: limiting }), {
        minLength: 10,
        maxLength: 60,
      }),
      async (steps) => {
        const world = new World('2027-01-20T10:00:00Z')
        world.plan({ plan: 'paid', payAsYouGo: true })
        for (const step of steps) {
          if (step.do === 'limit') await limit(world, step)
          else act(world, step)
          for (const { appId, meter, used, held, fromVersion } of world.account.limits) {
            if (held.length > 0) withHolds += 1
            if (held.length > 0 && fromVersion !== undefined) partial += 1
            expect({ used, held }).toEqual(fullCount(world, appId, meter, fromVersion))
          }
        }
      },
    ),
    propertyRuns(300),
  )
  expect(withHolds).toBeGreaterThan(0)
  expect(partial).toBeGreaterThan(0)
})
