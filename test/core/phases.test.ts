import { describe, expect, test } from 'vitest'
import { type Account, emptyAccount, type Lot, noMeterState } from '../../core/account/account.ts'
import { rateAt } from '../../core/catalog/catalog.ts'
import {
  areCoveredAfter,
  backingPhases,
  completionPhases,
  gapOf,
  isCovered,
  type Phase,
  spend,
  withAskedHolds,
} from '../../core/funding/backing.ts'
import { hourMs } from '../../core/time/time.ts'
import { launchCatalog as catalog } from '../support/launch-catalog.ts'

const now = Date.parse('2027-01-31T20:00:00Z')
const midnight = Date.parse('2027-02-01T00:00:00Z')
const acad = 'automation-autocad'
const jobs = 'model-derivative-complex-job'
const context = { now, catalog }

const lotUntil = (expiresAt: number, tokens: number): Lot => ({
  lotId: `until-${expiresAt}`,
  milliTokens: tokens * 1_000,
  remaining: tokens * 1_000,
  purchasedAt: 0,
  expiresAt,
  notices: 0,
})
const used = { free: 0, units: 1, usdCents: 300, lateUnits: 0 }

/** Two tokens until 22:00 and three for long; 721 seconds held until 23:00, one job until 02:00; 900 cents a month. */
const account: Account = {
  ...emptyAccount('acme'),
  period: '2027-01',
  profile: { country: 'US', paymentMethod: 'paypal', standing: 'good' },
  terms: [{ from: 0, plan: 'paid', payAsYouGo: false }],
  lots: [lotUntil(now + 2 * hourMs, 2), lotUntil(now + 9_000 * hourMs, 3)],
  meters: {
    [acad]: { ...noMeterState, current: used, paid: [{ expiresAt: now + 3 * hourMs, quantity: 721 }] },
    [jobs]: { ...noMeterState, remainder: 1, paid: [{ expiresAt: now + 6 * hourMs, quantity: 1 }] },
  },
}
const withMoney: Account = {
  ...account,
  terms: [{ from: 0, plan: 'paid', payAsYouGo: true }],
  spendLimitUsdCents: 900,
}
const seconds = { meter: acad, quantity: 721, units: 2, milliTokensPerUnit: 1_000, usdCentsPerUnit: 300 }
const job = { meter: jobs, quantity: 1, units: 1, milliTokensPerUnit: 3_000, usdCentsPerUnit: 900 }

describe('the phases of the backing rule', () => {
  test('begin now, where tokens lapse under an open hold, and where the period ends', () => {
    expect(backingPhases(account, context)).toEqual([
      { at: now, milliTokens: 5_000, lapsedMilliTokens: 0, demands: [seconds, job] },
      { at: now + 2 * hourMs, milliTokens: 3_000, lapsedMilliTokens: 2_000, demands: [seconds, job] },
      { at: midnight, milliTokens: 3_000, lapsedMilliTokens: 2_000, demands: [job] },
    ])
  })

  test('with pay-as-you-go have what is left of the limit, and from the next period on the whole limit', () => {
    const spendLeft = (changed: Account) =>
      backingPhases(changed, context).map(({ at, spendLeftUsdCents }) => [at, spendLeftUsdCents])
    expect(spendLeft(withMoney)).toEqual([
      [now, 600],
      [now + 2 * hourMs, 600],
      [midnight, 900],
    ])
    expect(spendLeft({ ...withMoney, spendLimitUsdCents: 200 })).toEqual([
      [now, 0],
      [now + 2 * hourMs, 0],
      [midnight, 200],
    ])
    expect(spendLeft({ ...withMoney, spendLimitUsdCents: undefined })[0]).toEqual([now, Infinity])
  })

  test('a lot that lapses as the period ends is checked against the new period’s limit', () => {
    const lots = [lotUntil(midnight, 3)]
    expect(backingPhases({ ...withMoney, lots }, context)).toEqual([
      { at: now, milliTokens: 3_000, lapsedMilliTokens: 0, spendLeftUsdCents: 600, demands: [seconds, job] },
      { at: midnight, milliTokens: 0, lapsedMilliTokens: 3_000, spendLeftUsdCents: 900, demands: [job] },
    ])
  })

  test('go on until the asked hold ends, and not to the instant of its end', () => {
    const at = (until: number) =>
      backingPhases({ ...account, meters: {} }, context, until).map((phase) => phase.at)
    expect(at(now + 2 * hourMs)).toEqual([now])
    expect(at(now + 2 * hourMs + 1)).toEqual([now, now + 2 * hourMs])
    expect(at(midnight)).toEqual([now, now + 2 * hourMs])
    expect(at(midnight + 1)).toEqual([now, now + 2 * hourMs, midnight])
  })

  test('reserve no more than what open holds can complete where a capture asks', () => {
    const [first] = completionPhases(account, context)
    // 721 seconds without a remainder complete one unit; one job completes the pair with its remainder.
    expect(first).toEqual({
      at: now,
      milliTokens: 5_000,
      lapsedMilliTokens: 0,
      demands: [{ ...seconds, units: 1 }, job],
    })
  })

  test('reserve in a later phase only what is held then', () => {
    const paidHolds = [
      { expiresAt: now + hourMs, quantity: 720 },
      { expiresAt: now + 3 * hourMs, quantity: 720 },
    ]
    const meters = { [acad]: { ...noMeterState, paid: paidHolds } }
    const units = (phases: readonly Phase[]) =>
      phases.map(({ demands }) => demands.map((demand) => [demand.quantity, demand.units]))
    expect(units(completionPhases({ ...account, meters }, context))).toEqual([[[1_440, 2]], [[720, 1]]])
    expect(units(backingPhases({ ...account, meters }, context))).toEqual([[[1_440, 2]], [[720, 1]]])
  })

  test('price what is held at the dearest rate until its last hold ends', () => {
    const rate = rateAt(catalog, jobs, now)
    if (rate === undefined) throw new Error('complex jobs are on the launch card')
    const dearer = (effectiveAt: number) => {
      const card = { version: 'dearer', effectiveAt, meters: [{ ...rate, milliTokensPerUnit: 5_000 }] }
      const changed = { ...catalog, rateCards: [...catalog.rateCards, card] }
      return backingPhases(account, { now, catalog: changed })[0]?.demands[1]
    }
    expect(dearer(now + 6 * hourMs - 1)).toEqual({
      ...job,
      milliTokensPerUnit: 5_000,
      refusableMilliTokens: 5_000,
    })
    expect(dearer(now + 6 * hourMs)).toEqual(job)
  })

  test('a capture leaves tokens that are alive as long as the other holds need them', () => {
    const leaves = (lots: Account['lots'], milliTokens: number) => {
      const jobOnly = { ...account, lots, meters: { [jobs]: account.meters[jobs] ?? noMeterState } }
      return areCoveredAfter(completionPhases(jobOnly, context), { milliTokens, usdCents: 0 })
    }
    expect(leaves(account.lots, 2_000)).toBe(true)
    expect(leaves(account.lots, 2_001)).toBe(false)
    expect(leaves([lotUntil(now + 2 * hourMs, 9)], 0)).toBe(false)
  })
})

const phase: Phase = { at: now, milliTokens: 3_000, lapsedMilliTokens: 2_000, demands: [job] }

describe('one phase', () => {
  test('with an asked hold rounds the sum of held and asked up, until the hold ends', () => {
    const rate = rateAt(catalog, acad, now)
    if (rate === undefined) throw new Error('AutoCAD is on the launch card')
    const included = { now: 0, next: 0, turnsAt: Date.parse('2027-02-01T00:00:00Z') }
    const asked = { meter: acad, now, included, rates: [rate], remainder: 0 }
    const own = { expiresAt: now + 1, quantity: 721 }
    const more = { expiresAt: now + 2, quantity: 720 }
    const before = { ...phase, demands: [seconds, job] }
    expect(withAskedHolds(before, { ...asked, holds: [own, more] })).toEqual({
      ...phase,
      demands: [job, { ...seconds, quantity: 1_441, units: 3 }],
    })
    expect(withAskedHolds(phase, { ...asked, holds: [{ ...more, expiresAt: now }] })).toBe(phase)
  })

  test('loses to a payment only what the payment draws beyond the tokens that have lapsed', () => {
    expect(spend(phase, { milliTokens: 2_000, usdCents: 0 })).toEqual(phase)
    expect(spend({ ...phase, spendLeftUsdCents: 600 }, { milliTokens: 2_500, usdCents: 700 })).toEqual({
      ...phase,
      milliTokens: 2_500,
      spendLeftUsdCents: -100,
    })
  })

  test('is covered to the last token and the last cent', () => {
    expect(isCovered(phase)).toBe(true)
    expect(isCovered({ ...phase, milliTokens: 2_999 })).toBe(false)
    expect(isCovered({ ...phase, milliTokens: 2_999, spendLeftUsdCents: 900 })).toBe(true)
    expect(isCovered({ ...phase, milliTokens: 2_999, spendLeftUsdCents: 899 })).toBe(false)
    expect(isCovered({ ...phase, spendLeftUsdCents: -1 })).toBe(false)
    expect(isCovered({ ...phase, milliTokens: -1, demands: [] })).toBe(false)
  })

  test('lacks the tokens up to its demand; with pay-as-you-go, either enough of them or the money', () => {
    expect(gapOf(phase)).toEqual({ milliTokens: 0, usdCents: 0 })
    expect(gapOf({ ...phase, milliTokens: 400 })).toEqual({ milliTokens: 2_600, usdCents: 0 })
    expect(gapOf({ ...phase, milliTokens: 400, spendLeftUsdCents: 300 })).toEqual({
      milliTokens: 2_600,
      usdCents: 600,
    })
    // Money pays one of the three units: tokens for two are enough.
    const units = { ...seconds, units: 3 }
    expect(gapOf({ ...phase, milliTokens: 400, spendLeftUsdCents: 300, demands: [units] })).toEqual({
      milliTokens: 1_600,
      usdCents: 600,
    })
  })
})
