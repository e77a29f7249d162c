import type { Table } from '../../lambdas/store/table.ts'

/**
 * One call in the usual design, built only to be counted. It reads the app's and the team's balance. After
 * the call it writes a record, the balance and the day's sum in one transaction.
 */
export async function usualCall(table: Table, teamId: string, call: number): Promise<void> {
  const [pk, TableName] = [`USUAL#${teamId}`, table.tableName]
  for (const sk of ['APP', 'BALANCE'])
    await table.send('GetItem', { TableName, Key: { pk, sk }, ConsistentRead: true })
  const event = {
    pk,
    sk: `CALL#${call}`,
    meter: 'model-derivative-basic',
    quantity: 1,
    at: 1_771_581_600_000,
  }
  const adding = (sk: string) => ({
    Update: {
      TableName,
      Key: { pk, sk },
      UpdateExpression: 'ADD used :one',
      ExpressionAttributeValues: { ':one': 1 },
    },
  })
  const put = { Put: { TableName, Item: event, ConditionExpression: 'attribute_not_exists(pk)' } }
  await table.send('TransactWriteItems', {
    TransactItems: [put, adding('BALANCE'), adding('DAY#2026-02-20')],
  })
}

/** Stored bytes of one call, assumed with usual lengths of ids. */
export const usualStoredBytes = 120
