import { expect, test } from 'vitest'
import { heavyAccount } from '../../bench/heavy-account.ts'
import { itemBytes } from '../../bench/item-bytes.ts'
import { worstAccount, worstApp, worstAt } from '../../bench/worst-account.ts'
import { limitsMax, lotsAfterReversalMax, subscriptionRowsMax, termsMax } from '../../core/account/bounds.ts'
import { decide } from '../../core/decide.ts'
import { fromAccountItem, toAccountItem } from '../../lambdas/store/account-item.ts'
import { launchCatalog } from '../support/launch-catalog.ts'

const meters = (launchCatalog.rateCards[0]?.meters ?? []).map(({ meter }) => meter)
/** Instants at which holds of one meter may end: 60 full minutes, and 93 quarters of an hour after them. */
const holdInstants = 153
/** DynamoDB's limit of an item. */
const itemBytesMax = 400 * 1_024

test('the account of a heavy team stays below 6 kB, and is read back unchanged', () => {
  const account = heavyAccount(launchCatalog)
  const item = toAccountItem(account)
  expect(itemBytes(item)).toBeLessThanOrEqual(6_000)
  expect(fromAccountItem({ ...item })).toEqual(account)
})

test('the largest account that the rules allow stays below 140 kB, and is read back unchanged', () => {
  const account = worstAccount([...meters, 'automation-engine-0', 'automation-engine-1'], true)
  const item = toAccountItem(account)
  expect(account.lots).toHaveLength(lotsAfterReversalMax)
  expect(account.terms).toHaveLength(termsMax)
  expect(account.subscriptions).toHaveLength(subscriptionRowsMax)
  expect(account.limits).toHaveLength(limitsMax)
  for (const { free, paid } of Object.values(account.meters)) {
    expect(free).toHaveLength(holdInstants)
    expect(paid).toHaveLength(holdInstants)
  }
  for (const { held } of account.limits) expect([96, 97]).toContain(held.length)
  expect(itemBytes(item)).toBeLessThanOrEqual(140_000)
  expect(itemBytes(item)).toBeLessThan(itemBytesMax / 2)
  expect(fromAccountItem({ ...item })).toEqual(account)
})

test('the largest account still decides an authorization', () => {
  const account = worstAccount(meters, false)
  const app = { appId: worstApp, teamId: account.teamId, name: 'App', isInHub: true }
  const ask = { appId: worstApp, meter: 'automation-autocad', quantity: 1, holdSeconds: 60 }
  const decided = decide(
    account,
    { kind: 'authorize', authorizationId: 'one-more', ...ask },
    { now: worstAt, catalog: launchCatalog, app },
  )
  expect(decided).toMatchObject({ entries: [{ kind: 'authorization' }] })
})
