import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { type Account, emptyAccount } from '../../core/account/account.ts'
import { fromAccountItem, toAccountItem } from './account-item.ts'
import { eventCursorKey } from './keys.ts'
import { getItem, type Item, type Table } from './table.ts'

/**
 * How far a team's entries have been told to the bus, with the account that they fold to: what an event says depends on
 * the account before its entry.
 */
export class EventCursor {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** The account as of the last entry that was told. */
  async load(teamId: string): Promise<Account> {
    const item = await getItem(this.table, eventCursorKey(teamId))
    return item === undefined ? emptyAccount(teamId) : fromAccountItem(item)
  }

  /** Moves on from `version`. Answers false when somebody else has moved it. */
  async move(version: number, account: Account): Promise<boolean> {
    const condition =
      version === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: '#version = :version',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':version': version },
          }
    const put = new PutCommand({ TableName: this.table.tableName, Item: toCursorItem(account), ...condition })
    try {
      await this.table.client.send(put)
      return true
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false
      throw error
    }
  }
}

/** Without what would put it into an index: nothing falls due for a cursor. */
function toCursorItem(account: Account): Item {
  const { dueShard, dueAt, openShard, openKey, ...rest } = toAccountItem(account)
  return { ...rest, ...eventCursorKey(account.teamId) }
}
