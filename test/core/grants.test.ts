import { expect, test } from 'vitest'
import { type Account, emptyAccount, noMeterState, type Terms } from '../../core/account/account.ts'
import { mayHoldMoney, mayHoldMoneyAndTokens } from '../../core/funding/grants.ts'
import { dayMs, minuteMs } from '../../core/time/time.ts'

const now = Date.parse('2027-03-10T09:00:00Z')
/** The longest hold: a day, and the rest of a quarter of an hour. */
const longest = dayMs + 15 * minuteMs

const money = (from: number): Terms => ({ from, plan: 'paid', payAsYouGo: true })
const tokens = (from: number): Terms => ({ from, plan: 'paid', payAsYouGo: false })
const free = (from: number): Terms => ({ from, plan: 'free', payAsYouGo: false })

/** A team with an open authorization of a paid plan. */
const holding = (...terms: readonly Terms[]): Account => ({
  ...emptyAccount('acme'),
  terms,
  meters: { m: { ...noMeterState, paid: [{ expiresAt: now + 1, quantity: 1 }] } },
})

test.each([
  ['pay-as-you-go alone', [money(0)], true, false],
  ['tokens alone', [tokens(0)], false, false],
  ['the free plan, then pay-as-you-go', [free(0), money(now - 1)], true, false],
  ['pay-as-you-go from this instant on', [tokens(0), money(now)], true, true],
  ['pay-as-you-go that begins later', [tokens(0), money(now + 1)], false, false],
  ['pay-as-you-go that ended just now', [money(0), tokens(now)], true, true],
  ['pay-as-you-go that ended within the longest hold', [money(0), tokens(now - longest + 1)], true, true],
  ['pay-as-you-go that ended before the longest hold', [money(0), tokens(now - longest)], false, false],
  ['pay-as-you-go, tokens, pay-as-you-go', [money(0), tokens(now - 2), money(now - 1)], true, true],
] as const)('holds under %s', (_, terms, mayBeMoney, mayBeBoth) => {
  const account = holding(...terms)
  expect(mayHoldMoney(account, now)).toBe(mayBeMoney)
  expect(mayHoldMoneyAndTokens(account, now)).toBe(mayBeBoth)
})

test('without an open authorization, nothing may be held on money', () => {
  const account = { ...holding(money(0), tokens(now - 1)), meters: { m: noMeterState } }
  expect([mayHoldMoney(account, now), mayHoldMoneyAndTokens(account, now)]).toEqual([false, false])
})
