import { expect, test } from 'vitest'
import { heavyAccount } from '../../bench/heavy-account.ts'
import { itemBytes } from '../../bench/item-bytes.ts'
import { fromAccountItem, toAccountItem } from '../../lambdas/store/account-item.ts'
import { launchCatalog } from '../support/launch-catalog.ts'

test('the account of a heavy team stays below 6 kB, and is read back unchanged', () => {
  const account = heavyAccount(launchCatalog)
  const item = toAccountItem(account)
  expect(itemBytes(item)).toBeLessThanOrEqual(6_000)
  expect(fromAccountItem({ ...item })).toEqual(account)
})
