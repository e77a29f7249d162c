import { describe, expect, test } from 'vitest'
import type { Due } from '../../core/account/account.ts'
import { ratesAt } from '../../core/catalog/catalog.ts'
import { record } from '../../core/journal/record.ts'
import { appRefusal, outlook } from '../../core/preview/outlook.ts'
import { hourMs } from '../../core/time/time.ts'
import { World } from '../support/world.ts'

/* The launch's deadline is 2026-01-17T00:00:00Z. */

const told = (world: World) => {
  const { refused, warnings } = outlook(world.account, world.now, world.catalog)
  return {
    refused: refused.map(({ meter, refusal }) => [meter, refusal.code]),
    warnings: warnings.map(({ meter, warning }) => [meter, warning.code]),
  }
}

describe('the outlook refuses', () => {
  test('without a plan: nothing before the deadline, with a warning; everything from it on', () => {
    const world = new World('2026-01-16T23:59:59Z')
    expect(told(world)).toEqual({ refused: [], warnings: [[undefined, 'GRACE_PERIOD']] })
    world.use('model-derivative-complex-job', 20)
    expect(told(world).warnings).toEqual([
      [undefined, 'GRACE_PERIOD'],
      ['model-derivative-complex-job', 'FREE_LIMIT_REACHED'],
      ['model-derivative-simple-job', 'FREE_LIMIT_REACHED'],
      ['model-derivative-basic', 'FREE_LIMIT_REACHED'],
    ])
    world.pass(1_000)
    expect(told(world)).toEqual({ refused: [[undefined, 'NO_PLAN']], warnings: [] })
  })

  test('every meter of an API with a used-up free amount, until the month ends', () => {
    const world = new World('2026-02-20T10:00:00Z')
    world.plan({ plan: 'free', payAsYouGo: false })
    world.use('model-derivative-complex-job', 20)
    const { refused, warnings } = outlook(world.account, world.now, world.catalog)
    expect(warnings).toEqual([])
    expect(refused).toEqual(
      ['complex-job', 'simple-job', 'basic'].map((name) => ({
        meter: `model-derivative-${name}`,
        api: 'model-derivative',
        refusal: expect.objectContaining({
          code: 'FREE_LIMIT_REACHED',
          resumesAt: Date.parse('2026-03-01T00:00:00Z'),
        }),
      })),
    )
  })

  test('a reason that stops every meter, once; a suspension comes before it', () => {
    const world = new World('2026-02-20T10:00:00Z')
    world.plan({ plan: 'paid', payAsYouGo: false })
    world.use('automation-autocad', 720)
    expect(told(world).refused).toEqual([[undefined, 'SHORTFALL_DUE']])
    world.account = record(world.account, world.now, { kind: 'suspended', reason: 'abuse' }).account
    expect(told(world).refused).toEqual([[undefined, 'TEAM_SUSPENDED']])
  })

  test('meters that the tokens do not cover, and no others', () => {
    const world = new World('2026-02-20T10:00:00Z')
    world.plan({ plan: 'paid', payAsYouGo: false })
    expect(told(world).refused).toHaveLength(10)
    world.buy(2)
    expect(told(world).refused).toEqual([['model-derivative-complex-job', 'TOKENS_EXHAUSTED']])
  })

  test('with the code that an authorization of the compliant app would get, meter by meter', () => {
    const world = new World('2026-02-20T10:00:00Z')
    world.plan({ plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 1_000 })
    for (const [meter, quantity] of [
      ['automation-autocad', 720],
      ['reality-capture', 50],
      ['automation-revit', 720],
    ] as const) {
      world.ask(meter, quantity)
      const { refused } = outlook(world.account, world.now, world.catalog)
      for (const rate of ratesAt(world.catalog, world.now)) {
        const trial = Object.assign(new World('2026-02-20T10:00:00Z'), { account: world.account })
        const answer = trial.ask(rate.meter, 1)
        const found = refused.find((row) => row.meter === rate.meter)?.refusal.code
        expect([rate.meter, found]).toEqual([rate.meter, 'code' in answer ? answer.code : undefined])
      }
    }
  })
})

test('a payment that failed warns of the stop, 14 days after it, until that is there or it is paid', () => {
  const world = new World('2026-02-05T10:00:00Z')
  world.plan({ plan: 'paid', payAsYouGo: true })
  const failedAt = Date.parse('2026-02-03T00:00:00Z')
  const warningsOf = (...dues: readonly Due[]) =>
    outlook({ ...world.account, dues }, world.now, world.catalog).warnings
  const bill = { dueId: 'invoice:2026-01', usdCents: 300, steps: 1 }
  expect(
    warningsOf({ ...bill, failedAt }, { ...bill, dueId: 'invoice:2025-12', failedAt: failedAt + 1 }),
  ).toEqual([{ warning: { code: 'PAYMENT_FAILED', until: Date.parse('2026-02-17T00:00:00Z') } }])
  expect(warningsOf(bill)).toEqual([])
  expect(warningsOf({ ...bill, failedAt, steps: 7 })).toEqual([])
})

test('an app that works is refused nothing; one outside the hub is, and so is any of a suspended team', () => {
  const world = new World('2026-02-20T10:00:00Z')
  world.plan({ plan: 'paid', payAsYouGo: false })
  const { account, catalog, now } = world
  const codeOf = (isInHub: boolean, at = now) => appRefusal(account, isInHub, at, catalog)?.code
  expect([codeOf(true), codeOf(false)]).toEqual([undefined, 'APP_NOT_IN_HUB'])
  expect(codeOf(false, Date.parse('2026-01-17T00:00:00Z') - hourMs)).toBeUndefined()
  const suspended = record(account, now, { kind: 'suspended', reason: 'abuse' }).account
  expect(appRefusal(suspended, true, now, catalog)).toMatchObject({
    code: 'TEAM_SUSPENDED',
    because: 'abuse',
  })
})
