import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { PutCommand } from '@aws-sdk/lib-dynamodb'
import type { Account } from '../../core/account/account.ts'
import { fromAccountItem, toAccountItem } from './account-item.ts'
import { baseKey } from './keys.ts'
import { getItem, type Item, type Table } from './table.ts'

/** A team's account as of a version, up to which entries may be only in the archive: the fold begins there. */
export class AccountBase {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  async load(teamId: string): Promise<Account | undefined> {
    const item = await getItem(this.table, baseKey(teamId))
    return item === undefined ? undefined : fromAccountItem(item)
  }

  /** Moves it on from `version` (0: there is none). Answers false when somebody else has moved it. */
  async move(version: number, account: Account): Promise<boolean> {
    const condition =
      version === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: '#version = :version',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':version': version },
          }
    const put = new PutCommand({ TableName: this.table.tableName, Item: toBaseItem(account), ...condition })
    try {
      await this.table.client.send(put)
      return true
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false
      throw error
    }
  }
}

/** Without what would put it into an index: nothing falls due for it. */
function toBaseItem(account: Account): Item {
  const { dueShard, dueAt, openShard, openKey, ...rest } = toAccountItem(account)
  return { ...rest, ...baseKey(account.teamId) }
}
