import type { Peer } from '../../../bench/peers/peer.ts'
import { openPlainTable } from '../../../bench/peers/plain-table.ts'
import { getItem } from '../../../lambdas/store/table.ts'
import { putItems } from '../../support/put-items.ts'

const keyOf = (teamId: string) => ({ pk: `READING#${teamId}`, sk: 'BALANCE' })

/** A design with the mistake that the bench must find: it reads the balance and then stores the new one, without a condition. */
export const peer: Peer = {
  module: import.meta.url,
  letter: 'x',
  title: 'a read, then a write',
  fill: async ({ place }, teamIds, units) => {
    const table = openPlainTable(place.endpoint, 1)
    await putItems(
      table,
      teamIds.map((teamId) => ({ ...keyOf(teamId), paid: units, unitsLeft: units })),
    )
    table.close()
  },
  open: async ({ place, quantity, callers }) => {
    const table = openPlainTable(place.endpoint, callers)
    return {
      call: async (teamId) => {
        const balance = await getItem(table, keyOf(teamId))
        const unitsLeft = Number(balance?.unitsLeft) - quantity
        if (unitsLeft < 0) return false
        await table.send('PutItem', { TableName: table.tableName, Item: { ...balance, unitsLeft } })
        return true
      },
      close: async () => table.close(),
    }
  },
  usedOf: async ({ place }, teamId) => {
    const table = openPlainTable(place.endpoint, 1)
    const balance = await getItem(table, keyOf(teamId))
    table.close()
    return Number(balance?.paid) - Number(balance?.unitsLeft)
  },
}
