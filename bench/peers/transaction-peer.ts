import { getItem } from '../../lambdas/store/table.ts'
import { isCancelled } from '../../lambdas/store/table-errors.ts'
import { putItems } from '../../test/support/put-items.ts'
import type { Caller, Peer } from './peer.ts'
import { openPlainTable, type PlainTable } from './plain-table.ts'

const pkOf = (teamId: string) => `TRANSACTION#${teamId}`
const sortKeys = { balance: 'BALANCE', counter: 'COUNTER', event: 'EVENT#' } as const
const conditionFailed = 'ConditionalCheckFailed'

/**
 * Each call is one transaction of three items: its event, the team's counter and the team's balance. The event's id
 * makes a repeat harmless.
 */
export const peer: Peer = {
  module: import.meta.url,
  letter: 'a',
  title: 'one transaction per call: event, counter, balance',
  fill: async ({ place }, teamIds, units) => {
    const table = openPlainTable(place.endpoint, 8)
    const items = teamIds.map((teamId) => ({
      pk: pkOf(teamId),
      sk: sortKeys.balance,
      paid: units,
      unitsLeft: units,
    }))
    await putItems(table, items)
    table.close()
  },
  open: async ({ place, quantity, callers }): Promise<Caller> => {
    const table = openPlainTable(place.endpoint, callers)
    return {
      call: (teamId, id) => admit(table, { teamId, id, quantity }),
      close: async () => table.close(),
    }
  },
  usedOf: async ({ place }, teamId) => {
    const table = openPlainTable(place.endpoint, 1)
    const balance = await getItem(table, { pk: pkOf(teamId), sk: sortKeys.balance })
    const counter = await getItem(table, { pk: pkOf(teamId), sk: sortKeys.counter })
    table.close()
    const used = Number(counter?.used ?? 0)
    if (used !== Number(balance?.paid) - Number(balance?.unitsLeft))
      throw new Error('the counter and the balance differ')
    return used
  },
}

interface Call {
  readonly teamId: string
  readonly id: string
  readonly quantity: number
}

async function admit(table: PlainTable, { teamId, id, quantity }: Call): Promise<boolean> {
  const [TableName, pk] = [table.tableName, pkOf(teamId)]
  const ExpressionAttributeValues = { ':quantity': quantity }
  const event = {
    TableName,
    Item: { pk, sk: `${sortKeys.event}${id}`, quantity, at: Date.now() },
    ConditionExpression: 'attribute_not_exists(pk)',
  }
  const counter = {
    TableName,
    Key: { pk, sk: sortKeys.counter },
    UpdateExpression: 'ADD used :quantity',
    ExpressionAttributeValues,
  }
  const balance = {
    TableName,
    Key: { pk, sk: sortKeys.balance },
    UpdateExpression: 'SET unitsLeft = unitsLeft - :quantity',
    ConditionExpression: 'unitsLeft >= :quantity',
    ExpressionAttributeValues,
  }
  try {
    const TransactItems = [{ Put: event }, { Update: counter }, { Update: balance }]
    await table.send('TransactWriteItems', { TransactItems })
    return true
  } catch (error) {
    if (!isCancelled(error)) throw error
    const [ofEvent, , ofBalance] = error.reasons.map(({ Code }) => Code === conditionFailed)
    if (ofEvent) return true
    if (ofBalance) return false
    throw error
  }
}
