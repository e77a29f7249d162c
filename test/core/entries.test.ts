import { expect, test } from 'vitest'
import type { CommandKind } from '../../core/decide.ts'
import type { EntryKind } from '../../core/journal/entry.ts'
import { entryKinds } from '../../core/journal/statement.ts'
import { dayMs } from '../../core/time/time.ts'
import { importsOf, readSources, sourceFolders } from '../support/imports.ts'
import { World } from '../support/world.ts'

/* Every entry is made in `core/commands` or by time in `core/advance.ts`, and nowhere else. */

const mayRecord = /^(?:core\/(?:advance\.ts|commands\/)|test\/|bench\/)/

test('only commands and time make entries', () => {
  const imports = importsOf(readSources(sourceFolders)).filter(({ to }) => to === 'core/journal/record.ts')
  expect(imports.length).toBeGreaterThan(10)
  expect(imports.filter(({ from }) => !mayRecord.test(from))).toEqual([])
})

const profile = { country: 'US', paymentMethod: 'credit-card', standing: 'good' } as const
const meter = 'automation-autocad'
const step = { notice: 'announced', scheduledAt: 1 } as const
const campaign = { campaignId: 'c', opensAt: 1, deadlineAt: 2, remindAt: [] }

/** A purchase that was ordered before, for commands about it. */
function orderOf(world: World) {
  const order = { kind: 'purchase', purchaseId: 'q', tokens: 100, unitPriceUsdCents: 300 } as const
  return { teamId: world.account.teamId, version: 1, at: world.now, ...order, usdCents: 30_000 }
}

/** The least that each command makes. A command that is missing here does not compile. */
const commands: Readonly<Record<CommandKind, readonly [(world: World) => unknown, readonly EntryKind[]]>> = {
  'check-alerts': [
    (world) => {
      const alert = {
        alertId: 'low',
        measure: 'tokens-left',
        threshold: 1_000_000,
        since: '2026-02',
      } as const
      const watched = { teamId: 'acme', revision: 1, alerts: [{ ...alert, reached: [] }] }
      return world.decide({ kind: 'check-alerts' }, { ...world.context, watched, costs: [] })
    },
    ['alert-noted'],
  ],
  'register-team': [
    (world) => world.decide({ kind: 'register-team', name: 'b', profile }, { ...world.context, today: 'a' }),
    ['team-changed'],
  ],
  'name-hub': [
    (world) => world.decide({ kind: 'name-hub', name: 'hub' }, { ...world.context }),
    ['hub-named'],
  ],
  'move-app': [
    (world) => {
      const app = { ...world.app, isInHub: false }
      return world.decide({ kind: 'move-app', appId: 'app' }, { ...world.context, hasHub: true, app })
    },
    ['app-moved'],
  ],
  'choose-plan': [(world) => world.plan({ plan: 'paid', payAsYouGo: true }), ['plan-changed']],
  'make-budget': [(world) => world.budget('tokens', 1_000), ['budget-made']],
  'revoke-budget': [
    (world) => world.revoke(world.budget('tokens', 1_000)),
    ['budget-made', 'budget-revoked'],
  ],
  'set-subscriptions': [
    (world) => {
      const subscriptions = [{ product: 'p', count: 1, from: 0 }]
      return world.decide({ kind: 'set-subscriptions', subscriptions }, world.context)
    },
    ['subscriptions-changed'],
  ],
  authorize: [(world) => world.ask(meter, 10), ['authorization']],
  capture: [(world) => askThen(world, (id) => world.capture(id, 5)), ['authorization', 'capture']],
  void: [(world) => askThen(world, (id) => world.void(id)), ['authorization', 'void']],
  settle: [
    (world) => {
      const ask = { appId: 'app', meter, quantity: 10, holdSeconds: 60 }
      const rows = [
        { kind: 'authorize', authorizationId: 'x', ...ask },
        { kind: 'capture', authorizationId: 'x', used: 5, isFinal: true },
      ] as const
      const none = { grants: new Map(), authorizations: new Map() }
      return world.decide(
        { kind: 'settle', rows },
        { ...world.context, ...none, apps: new Map([['app', world.app]]) },
      )
    },
    ['authorization', 'capture'],
  ],
  'record-usage': [(world) => world.use(meter, 720), ['usage']],
  'purchase-tokens': [
    (world) =>
      world.decide(
        { kind: 'purchase-tokens', purchaseId: 'p', tokens: 100, isPaidAtOnce: true },
        world.context,
      ),
    ['purchase', 'lot-granted'],
  ],
  'take-payment': [
    (world) => {
      const purchase = { ...world.account, kind: 'purchase', purchaseId: 'q', tokens: 100 } as const
      const target = {
        purchase: { ...purchase, unitPriceUsdCents: 300, usdCents: 30_000 },
        payable: { status: 'pending' },
      } as const
      return world.decide(
        { kind: 'take-payment', paymentId: 'x', paidFor: { purchase: 'q' }, status: 'settled' },
        { ...world.context, target },
      )
    },
    ['payment', 'lot-granted'],
  ],
  'pay-purchase': [
    (world) =>
      world.decide(
        { kind: 'pay-purchase', purchaseId: 'q' },
        {
          ...world.context,
          purchase: orderOf(world),
          payable: { status: 'failed', failedAt: world.now },
          attempts: 1,
        },
      ),
    ['payment-requested'],
  ],
  'give-up-purchase': [
    (world) =>
      world.decide(
        { kind: 'give-up-purchase', purchaseId: 'q' },
        { ...world.context, purchase: orderOf(world), payable: { status: 'pending' } },
      ),
    ['purchase-given-up'],
  ],
  reverse: [
    (world) => {
      world.use(meter, 720)
      return world.reverse(world.entries.at(-1))
    },
    ['usage', 'reversal'],
  ],
  'limit-app': [
    (world) =>
      world.decide(
        { kind: 'limit-app', appId: 'app', meter, perPeriod: 5 },
        { ...world.context, use: { used: 0, held: [] } },
      ),
    ['limit-set'],
  ],
  adjust: [
    (world) => world.decide({ kind: 'adjust', adjustmentId: 'x', reason: 'sorry', tokens: 1 }, world.context),
    ['adjustment', 'lot-granted'],
  ],
  suspend: [(world) => world.decide({ kind: 'suspend', reason: 'abuse' }, world.context), ['suspended']],
  resume: [
    (world) => {
      world.decide({ kind: 'suspend', reason: 'abuse' }, world.context)
      return world.decide({ kind: 'resume' }, world.context)
    },
    ['suspended', 'resumed'],
  ],
  erase: [(world) => world.decide({ kind: 'erase' }, world.context), ['personal-data-erased']],
  notify: [
    (world) => {
      const apps = [{ ...world.app, isInHub: false }]
      return world.decide({ kind: 'notify', campaign, step }, { ...world.context, apps, isNotified: false })
    },
    ['campaign-notice'],
  ],
}

function askThen(world: World, then: (id: string) => unknown): unknown {
  const asked = world.ask(meter, 10)
  if ('code' in asked) throw new Error(asked.code)
  return then(asked.id)
}

/** A paid team with pay-as-you-go at the start of a month. */
function newWorld(): World {
  const world = new World('2026-02-01T10:00:00Z')
  world.plan({ plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 100_000 })
  return world
}

test.each(Object.entries(commands))('%s makes its kinds of entry', (_, [run, kinds]) => {
  const world = newWorld()
  const before = world.entries.length
  run(world)
  expect(world.entries.slice(before).map(({ kind }) => kind)).toEqual(kinds)
})

test('a refund takes back the tokens that nothing is held for', () => {
  const world = newWorld()
  world.buy(100)
  const [lot] = world.account.lots
  if (lot === undefined) throw new Error('no lot')
  const purchase = { ...orderOf(world), purchaseId: lot.lotId }
  const tokens = { lot, lapsed: 0, takenBack: 0, recoveredUsdCents: 0 }
  world.decide(
    { kind: 'take-payment', paymentId: 'x', paidFor: { purchase: lot.lotId }, status: 'refunded' },
    { ...world.context, target: { purchase, payable: { status: 'paid' }, tokens } },
  )
  expect(world.entries.slice(-2)).toMatchObject([
    {
      kind: 'payment',
      withdrawn: { lotId: lot.lotId, milliTokens: 100_000 },
      payable: { status: 'refunded' },
    },
    { kind: 'tokens-taken-back', milliTokens: 100_000 },
  ])
  expect(world.account.lots).toEqual([])
})

test('commands and time together make every kind of entry there is', () => {
  const world = newWorld()
  world.use(meter, 720)
  world.buy(1)
  world.pass(35 * dayMs)
  const failed = {
    kind: 'take-payment',
    paymentId: 'x',
    paidFor: { invoice: '2026-02' },
    status: 'failed',
  } as const
  world.decide(failed, { ...world.context, target: { payable: { status: 'pending' }, usdCents: 300 } })
  world.pass(400 * dayMs)
  const byTime = world.entries.map(({ kind }) => kind)
  const byRefunds: readonly EntryKind[] = ['tokens-taken-back']
  const byCommands = Object.values(commands).flatMap(([, kinds]) => kinds)
  expect([...new Set([...byTime, ...byRefunds, ...byCommands])].sort()).toEqual([...entryKinds].sort())
})
