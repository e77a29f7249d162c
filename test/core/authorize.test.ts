import { expect, test } from 'vitest'
import { type Account, emptyAccount } from '../../core/account/account.ts'
import { authorize } from '../../core/commands/authorize.ts'
import { authorizationRefusals } from '../../core/refusal.ts'
import { launchCatalog } from '../support/launch-catalog.ts'

const now = Date.parse('2027-03-10T09:00:00Z')
const meter = 'automation-autocad'
const ask = {
  kind: 'authorize' as const,
  authorizationId: 'a',
  appId: 'app',
  meter,
  quantity: 20_000,
  holdSeconds: 600,
}
const full = { free: 18_000, units: 0, usdCents: 0, lateUnits: 0 }
const none = { free: 0, units: 0, usdCents: 0, lateUnits: 0 }

/** An account about which everything is wrong at once; each test then mends the first thing that was reported. */
const worst: Account = {
  ...emptyAccount('acme'),
  at: now - 1,
  period: '2027-03',
  suspendedBecause: 'abuse',
  overdueSince: now - 1,
  shortfall: [{ entry: 1, meter, units: 1, milliTokensPerUnit: 1_000, usdCentsPerUnit: 300 }],
  limits: [{ appId: 'app', meter, perPeriod: 1, used: 1, held: [] }],
  meters: { [meter]: { remainder: 0, current: full, previous: none, free: [], paid: [] } },
}
const profile = { country: 'US', paymentMethod: 'paypal', standing: 'good' } as const
const withPlan = (account: Account, plan: 'free' | 'paid', payAsYouGo: boolean): Account => ({
  ...account,
  profile,
  spendLimitUsdCents: 0,
  terms: [{ from: 0, plan, payAsYouGo }],
})

/** A quote and a budget that the team does not have. */
const unknown = { quoteId: 'none', budgetId: 'none' }

function codeOf(account: Account, isInHub: boolean, changes: object = {}): string {
  const app = { appId: 'app', teamId: 'acme', name: 'app', isInHub }
  const decided = authorize(account, { ...ask, ...changes }, { now, catalog: launchCatalog, app })
  return 'refused' in decided ? decided.code : 'allowed'
}

test('refusals are reported in their documented order, each after the ones before it are cured', () => {
  const seen: string[] = ['AUTHORIZATION_CLOSED', 'UNKNOWN_APP']
  seen.push(codeOf(worst, false, unknown))
  seen.push(codeOf(worst, false))
  seen.push(codeOf(worst, true))
  const planned = withPlan(worst, 'free', false)
  seen.push(codeOf(planned, true))
  const resumed = { ...planned, suspendedBecause: undefined }
  seen.push(codeOf(resumed, true))
  const settled = { ...resumed, overdueSince: undefined }
  seen.push(codeOf(settled, true))
  const unlimited = { ...settled, limits: [] }
  seen.push(codeOf(unlimited, true, { budgetId: 'none' }))
  seen.push(codeOf(unlimited, true))
  const paidUp = { ...unlimited, shortfall: [] }
  seen.push(codeOf(paidUp, true))
  seen.push(codeOf(withPlan(paidUp, 'paid', false), true))
  seen.push(codeOf(withPlan(paidUp, 'paid', true), true))
  expect(seen).toEqual([...authorizationRefusals])
  expect(codeOf({ ...withPlan(paidUp, 'paid', true), spendLimitUsdCents: undefined }, true)).toBe('allowed')
})

test('an API that is not rated is refused only for plan, hub and suspension', () => {
  const unrated = { ...ask, meter: 'data-management' }
  const app = { appId: 'app', teamId: 'acme', name: 'app', isInHub: true }
  const account = { ...withPlan(worst, 'paid', false), suspendedBecause: undefined }
  const authorization = {
    authorizationId: 'a',
    appId: 'app',
    meter: 'data-management',
    quantity: 20_000,
    holdSeconds: 600,
    expiresAt: now + 600_000,
    funding: 'unrated',
    used: 0,
    held: 20_000,
    closed: false,
    grantVersion: account.version + 1,
    sequence: 0,
  }
  const head = { kind: 'authorization', teamId: 'acme', version: account.version + 1, at: now }
  const entry = { ...head, authorization, fundedBy: 'unrated', warnings: [] }
  expect(authorize(account, unrated, { now, catalog: launchCatalog, app })).toEqual({
    account: { ...account, version: head.version, at: now },
    entries: [entry],
    answer: { entry },
  })
})

test('a refusal says when time alone lifts it: at a hold’s end, at the month’s end, or never', () => {
  const app = { appId: 'app', teamId: 'acme', name: 'app', isInHub: true }
  const free = (held: number, used: number): Account => ({
    ...withPlan(
      { ...worst, limits: [], shortfall: [], suspendedBecause: undefined, overdueSince: undefined },
      'free',
      false,
    ),
    meters: {
      [meter]: {
        remainder: 0,
        current: { ...none, free: used },
        previous: none,
        paid: [],
        free: [{ expiresAt: now + 60_000, quantity: held }],
      },
    },
  })
  const refusal = (account: Account, quantity: number) =>
    authorize(account, { ...ask, quantity }, { now, catalog: launchCatalog, app })
  expect(refusal(free(17_000, 0), 1_500)).toMatchObject({
    code: 'FREE_LIMIT_REACHED',
    resumesAt: now + 60_000,
  })
  expect(refusal(free(1_000, 17_000), 1_500)).toMatchObject({ resumesAt: Date.parse('2027-04-01T00:00:00Z') })
  expect(refusal(free(0, 0), 18_001)).not.toHaveProperty('resumesAt', expect.any(Number))
})
