import type { Peer } from '../../../bench/peers/peer.ts'
import { openPlainTable } from '../../../bench/peers/plain-table.ts'
import { keyOf, peer as updatePeer } from '../../../bench/peers/update-peer.ts'
import { getItem } from '../../../lambdas/store/table.ts'

/** A design with the mistake that the bench must find: it reads the balance and then stores the new one, without a condition. */
export const peer: Peer = {
  ...updatePeer,
  module: import.meta.url,
  letter: 'x',
  title: 'a read, then a write',
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
}
