import { describe, expect, test } from 'vitest'
import { type Account, emptyAccount, noMeterState } from '../../core/account/account.ts'
import type { Catalog } from '../../core/catalog/catalog.ts'
import { authorizeNew } from '../../core/commands/authorize.ts'
import { outlook } from '../../core/preview/outlook.ts'
import { dayMs, hourMs } from '../../core/time/time.ts'
import { launchCatalog } from '../support/launch-catalog.ts'
import { World } from '../support/world.ts'

const acad = 'automation-autocad'
const jobs = 'model-derivative-complex-job'
const start = '2027-01-31T20:00:00Z'
const now = Date.parse(start)
const midnight = Date.parse('2027-02-01T00:00:00Z')

interface Asking {
  readonly meter?: string
  readonly quantity?: number
  readonly holdSeconds?: number
  readonly isInHub?: boolean
  readonly catalog?: Catalog
}

/** The answer to an ask about which only what a test names is special. */
function ask(account: Account, asking: Asking = {}) {
  const {
    meter = acad,
    quantity = 720,
    holdSeconds = 3_600,
    isInHub = true,
    catalog = launchCatalog,
  } = asking
  const app = { appId: 'app', teamId: 'acme', name: 'app', isInHub }
  const command = {
    kind: 'authorize',
    authorizationId: 'a',
    appId: 'app',
    meter,
    quantity,
    holdSeconds,
  } as const
  return authorizeNew(account, command, { now, catalog, app })
}

function missingOf(account: Account, asking: Asking = {}) {
  const answer = ask(account, asking)
  return 'refused' in answer ? answer.missing : []
}

function createPaidWorld(tokens: number, money?: { readonly spendLimitUsdCents: number }): World {
  const world = new World(start)
  world.plan({ plan: 'paid', payAsYouGo: money !== undefined, ...money })
  if (tokens > 0) world.buy(tokens)
  return world
}

const demand = { meter: acad, milliTokensPerUnit: 1_000, usdCentsPerUnit: 300 }
const jobDemand = { meter: jobs, milliTokensPerUnit: 3_000, usdCentsPerUnit: 900 }

describe('a denial lists everything that is in the way, in the order of refusals', () => {
  test('an app outside the hub of a team without a plan lacks both', () => {
    expect(ask(emptyAccount('acme'), { isInHub: false, meter: 'data-management' })).toEqual({
      refused: true,
      code: 'APP_NOT_IN_HUB',
      missing: [{ code: 'APP_NOT_IN_HUB' }, { code: 'NO_PLAN' }],
    })
  })

  test('all of it on a paid plan, with the facts of each', () => {
    const account: Account = {
      ...createPaidWorld(0).account,
      suspendedBecause: 'abuse',
      overdueSince: 7,
      dues: [
        { dueId: 'invoice:2026-10', usdCents: 900, steps: 7, failedAt: 1 },
        { dueId: 'invoice:2026-11', usdCents: 600, steps: 7, failedAt: 2 },
        { dueId: 'invoice:2026-12', usdCents: 100, steps: 0 },
      ],
      limits: [
        {
          appId: 'app',
          meter: acad,
          perPeriod: 800,
          used: 300,
          held: [{ expiresAt: now + 1, quantity: 50 }],
        },
      ],
      shortfall: [
        { entry: 1, meter: acad, units: 2, milliTokensPerUnit: 1_000, usdCentsPerUnit: 300 },
        { entry: 2, meter: jobs, units: 1, milliTokensPerUnit: 3_000, usdCentsPerUnit: 900 },
      ],
    }
    const phase = { at: now, milliTokens: 0, lapsedMilliTokens: 0 }
    expect(ask(account, { isInHub: false, quantity: 721 })).toEqual({
      refused: true,
      code: 'APP_NOT_IN_HUB',
      missing: [
        { code: 'APP_NOT_IN_HUB' },
        { code: 'TEAM_SUSPENDED', because: 'abuse' },
        { code: 'PAYMENT_OVERDUE', usdCents: 1_500, since: 7 },
        { code: 'APP_LIMIT_REACHED', quantity: 271, limit: 800, used: 300, held: 50 },
        { code: 'SHORTFALL_DUE', milliTokens: 5_000, usdCents: 1_500 },
        {
          code: 'TOKENS_EXHAUSTED',
          milliTokens: 2_000,
          phase: { ...phase, demands: [{ ...demand, quantity: 721, units: 2 }] },
          lapses: [],
        },
      ],
    })
    expect(missingOf(account, { meter: 'data-management' })).toEqual([
      { code: 'TEAM_SUSPENDED', because: 'abuse' },
    ])
  })
})

describe('tokens that are missing', () => {
  test('are those that all meters need together, less those that are there', () => {
    const world = createPaidWorld(4)
    world.ask(jobs, 2)
    expect(missingOf(world.account, { quantity: 1_000 })).toEqual([
      {
        code: 'TOKENS_EXHAUSTED',
        milliTokens: 1_000,
        phase: {
          at: now,
          milliTokens: 4_000,
          lapsedMilliTokens: 0,
          demands: [
            { ...jobDemand, quantity: 2, units: 1 },
            { ...demand, quantity: 1_000, units: 2 },
          ],
        },
        lapses: [],
      },
    ])
  })

  test('are those of the instant at which the most is missing, with the lots that lapse until then', () => {
    const world = createPaidWorld(0)
    world.buy(2, 365 * dayMs)
    world.buy(1)
    expect(missingOf(world.account, { quantity: 2_160, holdSeconds: 5 * 3_600 })).toEqual([
      {
        code: 'TOKENS_EXHAUSTED',
        milliTokens: 2_000,
        phase: {
          at: midnight,
          milliTokens: 1_000,
          lapsedMilliTokens: 2_000,
          demands: [{ ...demand, quantity: 2_160, units: 3 }],
        },
        lapses: [{ lotId: 'lot-1', expiresAt: midnight, milliTokens: 2_000 }],
      },
    ])
    // A hold that ends as the lot lapses has both lots behind it.
    expect(missingOf(world.account, { quantity: 2_160, holdSeconds: 4 * 3_600 })).toEqual([])
  })

  test('with pay-as-you-go are the tokens that the spend limit cannot replace, with the cents that the limit lacks', () => {
    const world = createPaidWorld(1, { spendLimitUsdCents: 700 })
    world.use(acad, 1_440)
    expect(world.account.lots).toEqual([])
    expect(missingOf(world.account, { quantity: 1_441 })).toEqual([
      {
        code: 'SPEND_LIMIT_REACHED',
        milliTokens: 2_000,
        phase: {
          at: now,
          milliTokens: 0,
          lapsedMilliTokens: 0,
          spendLeftUsdCents: 400,
          demands: [{ ...demand, quantity: 1_441, units: 3 }],
        },
        lapses: [],
        usdCents: 500,
        limitUsdCents: 700,
        usedUsdCents: 300,
      },
    ])
  })

  test('a limit below what is spent already is too low by that, too', () => {
    const world = createPaidWorld(0, { spendLimitUsdCents: 700 })
    world.use(acad, 1_440)
    world.plan({ plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 200 })
    expect(missingOf(world.account)).toMatchObject([
      { usdCents: 700, limitUsdCents: 200, usedUsdCents: 600, phase: { spendLeftUsdCents: 0 } },
    ])
  })
})

describe('a free amount that is too small', () => {
  const free = (): World => {
    const world = new World(start)
    world.plan({ plan: 'free', payAsYouGo: false })
    return world
  }

  test('says what of it is used and held, and how much is missing', () => {
    const world = free()
    world.use(jobs, 15)
    world.ask(jobs, 3)
    expect(ask(world.account, { meter: jobs, quantity: 4 })).toEqual({
      refused: true,
      code: 'FREE_LIMIT_REACHED',
      resumesAt: now + hourMs,
      missing: [{ code: 'FREE_LIMIT_REACHED', quantity: 2, limit: 20, used: 15, held: 3 }],
    })
  })

  test('is not lifted by time while the team is suspended as well', () => {
    const world = free()
    world.ask(jobs, 20)
    const asked = { meter: jobs, quantity: 1 }
    expect(ask(world.account, asked)).toMatchObject({ resumesAt: now + hourMs })
    expect(ask({ ...world.account, suspendedBecause: 'abuse' }, asked)).toEqual({
      refused: true,
      code: 'TEAM_SUSPENDED',
      because: 'abuse',
      missing: [
        { code: 'TEAM_SUSPENDED', because: 'abuse' },
        { code: 'FREE_LIMIT_REACHED', quantity: 1, limit: 20, used: 0, held: 20 },
      ],
    })
  })

  test('stops other meters of the API where the card says so, unless it is unused', () => {
    const [card] = launchCatalog.rateCards
    if (card === undefined) throw new Error('there is no launch card')
    const meters = card.meters.map((rate) => ({
      ...rate,
      freeLimitStops: 'api' as const,
      ...(rate.meter === 'model-derivative-simple-job' && { freePerPeriod: 0 }),
    }))
    const catalog = { ...launchCatalog, rateCards: [{ ...card, meters }] }
    const world = free()
    world.use(jobs, 20)
    expect(missingOf(world.account, { meter: 'model-derivative-basic', quantity: 1, catalog })).toEqual([
      { code: 'FREE_LIMIT_REACHED', quantity: 0, limit: 300_000, used: 0, held: 0, stoppedBy: jobs },
    ])
    expect(missingOf(world.account, { catalog })).toEqual([])
    const [own] = missingOf(world.account, { meter: jobs, quantity: 1, catalog })
    expect(own).toStrictEqual({
      code: 'FREE_LIMIT_REACHED',
      quantity: 1,
      limit: 20,
      used: 20,
      held: 0,
      stoppedBy: undefined,
    })
    // A remainder from an earlier paid time is no use of this month.
    const unused = { 'model-derivative-simple-job': { ...noMeterState, remainder: 1 } }
    const account = { ...free().account, meters: unused }
    expect(missingOf(account, { meter: jobs, quantity: 1, catalog })).toEqual([])
  })
})

test('a refusal of all meters names only what stops all of them', () => {
  const world = createPaidWorld(0)
  world.use(acad, 1_440)
  const overdue = { dueId: 'invoice:2026-12', usdCents: 900, steps: 7, failedAt: now - 14 * dayMs }
  const account = { ...world.account, overdueSince: now, dues: [overdue] }
  expect(outlook(account, now, launchCatalog).refused).toEqual([
    {
      refusal: {
        refused: true,
        code: 'PAYMENT_OVERDUE',
        missing: [
          { code: 'PAYMENT_OVERDUE', usdCents: 900, since: now },
          { code: 'SHORTFALL_DUE', milliTokens: 2_000, usdCents: 600 },
        ],
      },
    },
  ])
})
