import type { Account } from '../../core/account/account.ts'
import { fromAccountItem, toAccountItem } from './account-item.ts'
import type { Key } from './keys.ts'
import { getItem, isWritten, type Table } from './table.ts'

/** A team's account as of some version, stored under a separate key. */
export async function loadSnapshot(table: Table, key: Key): Promise<Account | undefined> {
  const item = await getItem(table, key)
  return item === undefined ? undefined : fromAccountItem(item)
}

/** Moves a snapshot on from `version` (0: there is none). Returns false if another writer has moved it. */
export async function moveSnapshot(
  table: Table,
  key: Key,
  { version, account }: { readonly version: number; readonly account: Account },
): Promise<boolean> {
  const condition =
    version === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#version = :version',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': version },
        }
  // Without the attributes of the indexes: nothing falls due for a snapshot.
  const { dueShard, dueAt, openShard, openKey, ...rest } = toAccountItem(account)
  const put = { TableName: table.tableName, Item: { ...rest, ...key }, ...condition }
  return isWritten(table.send('PutItem', put))
}
