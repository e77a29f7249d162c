import { openSignedTable } from '../lambdas/runtime/dynamodb/signed-table.ts'
import { openTable } from '../lambdas/store/sdk-table.ts'
import { getItem, type Table } from '../lambdas/store/table.ts'
import { type Figure, show } from './figure.ts'
import { withPatience } from './patience.ts'
import { RequestMeter } from './request-meter.ts'
import { ratioOf } from './statistics.ts'

const rounds = 2_000
const warmUpRounds = 300
const itemBytes = 900

/**
 * Times a transaction of two items and a read through the two clients, in turns, on one engine. Also counts the capacity
 * that each client reports, which must be the same.
 */
export async function timeClients(tableName: string): Promise<readonly Figure[]> {
  const [signed, sdk] = [openSignedTable(tableName), openTable(tableName)].map(withPatience)
  if (signed === undefined || sdk === undefined) throw new Error('there are two clients')
  const ms: { signed: number[]; sdk: number[] } = { signed: [], sdk: [] }
  for (let round = 1; round <= warmUpRounds + rounds; round++) {
    const ways = [
      () => timed(ms.signed, () => work(signed, 'signed', round)),
      () => timed(ms.sdk, () => work(sdk, 'sdk', round)),
    ]
    // Each way warms the caches for the other one, so they change places.
    for (let turn = 0; turn < ways.length; turn++) await ways[(round + turn) % ways.length]?.()
    if (round === warmUpRounds) for (const list of Object.values(ms)) list.length = 0
  }
  const p50 = ratioOf(ms.signed, ms.sdk, 0.5)
  const units = [await unitsOf(signed, 'signed'), await unitsOf(sdk, 'sdk')]
  return [
    {
      what: 'transaction + read, signed client ÷ the SDK, p50',
      value: `${show(p50.value)}× (${show(p50.low)}–${show(p50.high)})`,
      target: '≤ 1×',
    },
    {
      what: '… write units that the two clients report',
      value: units.map(show).join(' and '),
      target: 'equal',
      isMet: units[0] === units[1] && units[0] === 4,
    },
  ]
}

async function work(table: Table, name: string, round: number): Promise<void> {
  const pk = `CLIENT#${name}`
  const puts = ['A', 'B'].map((sk) => {
    return { Put: { TableName: table.tableName, Item: { pk, sk, round, text: 'x'.repeat(itemBytes) } } }
  })
  await table.send('TransactWriteItems', { TransactItems: puts })
  await getItem(table, { pk, sk: 'A' })
}

async function unitsOf(table: Table, name: string): Promise<number> {
  const meter = new RequestMeter(table)
  return (await meter.during(() => work(meter.table, name, 0))).writeUnits
}

async function timed(samples: number[], action: () => Promise<void>): Promise<void> {
  const startedAt = performance.now()
  await action()
  samples.push(performance.now() - startedAt)
}
