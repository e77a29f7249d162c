import { getItem } from '../../lambdas/store/table.ts'
import { isConditionFailed } from '../../lambdas/store/table-errors.ts'
import { putItems } from '../../test/support/put-items.ts'
import type { Caller, Peer } from './peer.ts'
import { openPlainTable } from './plain-table.ts'

/** Key of a team's balance. */
export const keyOf = (teamId: string) => ({ pk: `UPDATE#${teamId}`, sk: 'BALANCE' })

/** Each call is one conditional update of the team's balance. No event is stored, so a repeat counts again. */
export const peer: Peer = {
  module: import.meta.url,
  letter: 'b',
  title: 'one conditional update per call',
  fill: async ({ place }, teamIds, units) => {
    const table = openPlainTable(place.endpoint, 8)
    await putItems(
      table,
      teamIds.map((teamId) => ({ ...keyOf(teamId), paid: units, unitsLeft: units })),
    )
    table.close()
  },
  open: async ({ place, quantity, callers }): Promise<Caller> => {
    const table = openPlainTable(place.endpoint, callers)
    const update = {
      TableName: table.tableName,
      UpdateExpression: 'SET unitsLeft = unitsLeft - :quantity',
      ConditionExpression: 'unitsLeft >= :quantity',
      ExpressionAttributeValues: { ':quantity': quantity },
    }
    return {
      call: async (teamId) => {
        try {
          await table.send('UpdateItem', { ...update, Key: keyOf(teamId) })
          return true
        } catch (error) {
          if (isConditionFailed(error)) return false
          throw error
        }
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
