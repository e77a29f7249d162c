import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import type { Body, Write } from './wire.ts'

/** The most items of one transaction. */
const itemsMax = 100

/** A condition that never holds, on a key that no item has. */
const never = (TableName: string | undefined) => ({
  ConditionCheck: {
    TableName,
    Key: { pk: { S: 'NEVER' }, sk: { S: 'NEVER' } },
    ConditionExpression: 'attribute_exists(pk)',
  },
})

/**
 * Asks the engine about a transaction's conditions, without writing: with one more condition, which never holds, it is
 * always cancelled. Returns one reason for each item, or undefined if all conditions hold.
 */
export async function failedConditions(
  { TransactItems = [] }: Body,
  forward: (body: Body) => Promise<unknown>,
): Promise<readonly CancellationReason[] | undefined> {
  const reasons: CancellationReason[] = []
  for (let start = 0; start < TransactItems.length; start += itemsMax - 1) {
    const some = TransactItems.slice(start, start + itemsMax - 1)
    const asked = { TransactItems: [...some, never(tableOf(some))] }
    reasons.push(...(await reasonsOf(forward(asked))).slice(0, some.length))
  }
  return reasons.every(({ Code }) => Code === 'None') ? undefined : reasons
}

async function reasonsOf(sent: Promise<unknown>): Promise<readonly CancellationReason[]> {
  try {
    await sent
  } catch (error) {
    if (error instanceof TransactionCanceledException) return error.CancellationReasons ?? []
    throw error
  }
  throw new Error('a transaction with a condition that never holds was written')
}

function tableOf(items: readonly Readonly<Record<string, Write>>[]): string | undefined {
  return items.flatMap((item) => Object.values(item)).find(({ TableName }) => TableName)?.TableName
}
