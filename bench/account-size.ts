import type { Account } from '../core/account/account.ts'
import { toAccountItem } from '../lambdas/store/account-item.ts'
import { openTable } from '../lambdas/store/sdk-table.ts'
import type { BenchClock } from './clock.ts'
import { counted, type Figure } from './figure.ts'
import { heavy, heavyAccount } from './heavy-account.ts'
import { itemBytes } from './item-bytes.ts'
import { withPatience } from './patience.ts'
import { Service } from './service.ts'
import { makeUsualTeam } from './teams.ts'

const usualBytesMax = 1_000
const heavyBytesMax = 6_000

/** Measures the item that every operation writes. */
export async function measureAccounts(tableName: string, clock: BenchClock): Promise<readonly Figure[]> {
  const service = new Service(withPatience(openTable(tableName)), clock)
  await makeUsualTeam(service, 'sized')
  const usual = await service.deps.operations.load('sized')
  if (usual === undefined) throw new Error('the usual team is not there')
  const heavyOne = heavyAccount(await service.deps.catalog.get())
  const { meters, lots, authorizations } = heavy
  return [
    counted('account item of the usual team', bytesOf(usual), usualBytesMax, ' bytes'),
    counted(
      `account item of a heavy team (${meters} meters, ${lots} lots, ${authorizations} open)`,
      bytesOf(heavyOne),
      heavyBytesMax,
      ' bytes',
    ),
  ]
}

const bytesOf = (account: Account): number => itemBytes(toAccountItem(account))
