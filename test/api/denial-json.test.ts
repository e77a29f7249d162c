import * as v from 'valibot'
import { expect, test } from 'vitest'
import { refusalAnswer } from '../../contract/refusal.ts'
import { deny, type Obstacle } from '../../core/funding/denial.ts'
import { authorizationRefusals } from '../../core/refusal.ts'
import { refusalText } from '../../core/texts/texts.ts'
import { denialToJson } from '../../lambdas/http/denial-json.ts'

const at = Date.parse('2027-01-31T20:00:00Z')
const midnight = Date.parse('2027-02-01T00:00:00Z')
const demand = { meter: 'm', quantity: 721, units: 2, milliTokensPerUnit: 1_250, usdCentsPerUnit: 300 }
const phase = { at: midnight, milliTokens: 1, lapsedMilliTokens: 2_500, demands: [demand] }
const lapses = [{ lotId: 'p1', expiresAt: midnight, milliTokens: 2_500 }]

/** One obstacle of every code, in the order of refusals. */
const obstacles: readonly [Obstacle, ...Obstacle[]] = [
  { code: 'AUTHORIZATION_CLOSED', closedBecause: 'used-up' },
  { code: 'UNKNOWN_APP' },
  { code: 'QUOTE_NOT_VALID', because: 'expired' },
  { code: 'APP_NOT_IN_HUB' },
  { code: 'NO_PLAN' },
  { code: 'TEAM_SUSPENDED', because: 'abuse' },
  { code: 'PAYMENT_OVERDUE', usdCents: 900, since: at },
  { code: 'APP_LIMIT_REACHED', quantity: 3, limit: 20, used: 12, held: 4 },
  {
    code: 'BUDGET_EXHAUSTED',
    lacks: 1_500,
    budget: { budgetId: 'b1', measure: 'tokens', every: 'day', amount: 9_000, used: 5_500, held: 3_000 },
  },
  { code: 'SHORTFALL_DUE', milliTokens: 5_500, usdCents: 1_500 },
  { code: 'FREE_LIMIT_REACHED', quantity: 0, limit: 20, used: 0, held: 0, stoppedBy: 'other' },
  { code: 'TOKENS_EXHAUSTED', milliTokens: 2_499, phase, lapses },
  {
    code: 'SPEND_LIMIT_REACHED',
    milliTokens: 1_249,
    phase: { ...phase, spendLeftUsdCents: 250 },
    lapses: [],
    usdCents: 350,
    limitUsdCents: 700,
    usedUsdCents: 450,
  },
]

test('each item of a denial shows its facts: tokens with three decimals, cents, base units, instants', () => {
  const backing = {
    at: '2027-02-01T00:00:00Z',
    tokens: 0.001,
    demands: [{ meter: 'm', quantity: 721, units: 2, tokens: 2.5, usdCents: 600 }],
  }
  const json = denialToJson(deny(obstacles, { resumesAt: midnight }), 'en')
  expect(json).toEqual({
    code: 'AUTHORIZATION_CLOSED',
    ...refusalText('AUTHORIZATION_CLOSED', 'en', { because: 'used-up' }),
    resolve: expect.stringContaining(refusalText('SPEND_LIMIT_REACHED', 'en').resolve),
    resumesAt: '2027-02-01T00:00:00Z',
    missing: [
      { code: 'AUTHORIZATION_CLOSED', closedBecause: 'used-up' },
      { code: 'UNKNOWN_APP' },
      { code: 'QUOTE_NOT_VALID', because: 'expired' },
      { code: 'APP_NOT_IN_HUB' },
      { code: 'NO_PLAN' },
      { code: 'TEAM_SUSPENDED', because: 'abuse' },
      { code: 'PAYMENT_OVERDUE', usdCents: 900, since: '2027-01-31T20:00:00Z' },
      { code: 'APP_LIMIT_REACHED', quantity: 3, limit: 20, used: 12, held: 4 },
      {
        code: 'BUDGET_EXHAUSTED',
        budget: { budgetId: 'b1', every: 'day', tokens: 9, used: 5.5, held: 3, lacks: 1.5 },
      },
      { code: 'SHORTFALL_DUE', tokens: 5.5, usdCents: 1_500 },
      { code: 'FREE_LIMIT_REACHED', quantity: 0, limit: 20, used: 0, held: 0, stoppedBy: 'other' },
      {
        code: 'TOKENS_EXHAUSTED',
        tokens: 2.499,
        backing,
        lapses: [{ lotId: 'p1', expiresAt: '2027-02-01T00:00:00Z', tokens: 2.5 }],
      },
      {
        code: 'SPEND_LIMIT_REACHED',
        tokens: 1.249,
        backing: { ...backing, spendLeftUsdCents: 250 },
        lapses: [],
        usdCents: 350,
        limitUsdCents: 700,
        usedUsdCents: 450,
      },
    ],
  })
  expect(json.missing.map(({ code }) => code)).toEqual([...authorizationRefusals])
  expect(v.safeParse(refusalAnswer, JSON.parse(JSON.stringify(json))).issues).toBeUndefined()
})
