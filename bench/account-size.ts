import type { Account } from '../core/account/account.ts'
import { toAccountItem } from '../lambdas/store/account-item.ts'
import { openTable } from '../lambdas/store/sdk-table.ts'
import type { BenchClock } from './clock.ts'
import { counted, type Figure } from './figure.ts'
import { heavy, heavyAccount } from './heavy-account.ts'
import { itemBytes } from './item-bytes.ts'
import { withPatience } from './patience.ts'
import { RequestMeter } from './request-meter.ts'
import { Service } from './service.ts'
import { makeUsualTeam } from './teams.ts'
import { worstAccount, worstApp, worstAt } from './worst-account.ts'

const usualBytesMax = 1_000
const heavyBytesMax = 6_000
const worstBytesMax = 140_000
/** Write units of an authorization and its capture: two writes of the account in transactions, and the entries. */
const worstPairUnitsMax = 600

/** Measures the item that every operation writes. */
export async function measureAccounts(tableName: string, clock: BenchClock): Promise<readonly Figure[]> {
  const meter = new RequestMeter(withPatience(openTable(tableName)))
  const service = new Service(meter.table, clock)
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
    ...(await measureWorst(service, meter)),
  ]
}

/** Measures the largest account that the rules allow: its item, and a pair on it. */
async function measureWorst(service: Service, meter: RequestMeter): Promise<readonly Figure[]> {
  const { table, catalog, apps } = service.deps
  const [card] = (await catalog.get()).rateCards
  const worst = worstAccount(card?.meters.map(({ meter }) => meter) ?? [], false)
  const app = { appId: worstApp, teamId: worst.teamId, name: 'App', isInHub: true }
  const puts = [{ Put: { TableName: table.tableName, Item: toAccountItem(worst) } }, ...apps.registering(app)]
  await table.send('TransactWriteItems', { TransactItems: puts })
  service.clock.set(new Date(worstAt).toISOString())
  const { writeUnits } = await meter.during(async () => {
    const ask = { appId: worstApp, meter: 'automation-autocad', quantity: 1 }
    await service.authorize({ authorizationId: 'worst', ...ask })
    await service.capture('worst', 1)
  })
  return [
    counted(
      'account item of the largest account that the rules allow',
      bytesOf(worst),
      worstBytesMax,
      ' bytes',
    ),
    counted('… write units of a pair on it', writeUnits, worstPairUnitsMax),
  ]
}

const bytesOf = (account: Account): number => itemBytes(toAccountItem(account))
