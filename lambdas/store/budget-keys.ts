import { createHash } from 'node:crypto'
import { assert } from '../../core/assert.ts'
import type { Instant } from '../../core/time/time.ts'
import type { Write } from './commit.ts'
import { readable } from './item-version.ts'
import { budgetKeyKey, ttlAfter, ttlAttribute } from './keys.ts'
import { getItem, type Table } from './table.ts'

/** An item of a key is removed this long after the end of its budget. */
const storedDays = 35

/** The budget of a key. Only the account decides whether it still works. */
export interface BudgetOfKey {
  readonly teamId: string
  readonly budgetId: string
  readonly appId: string
  readonly endsAt: Instant
}

/** The stored form of a key. Nobody can make a key from it. */
export function hashOfKey(key: string): string {
  return createHash('sha256').update(key).digest('base64url')
}

/** Keys of budgets, by their hashes. */
export class BudgetKeyStore {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** The budget of a key, by the key's hash; undefined where there is none. */
  async find(hash: string): Promise<BudgetOfKey | undefined> {
    const item = await getItem(this.table, budgetKeyKey(hash))
    if (item === undefined) return undefined
    const { teamId, budgetId, appId, endsAt } = readable('budget key', item)
    assert(typeof teamId === 'string' && typeof budgetId === 'string', 'a key of an unknown shape')
    return { teamId, budgetId, appId: String(appId), endsAt: Number(endsAt) }
  }

  /** The write that stores the hash of a new key, for the transaction of its budget. */
  storing(hash: string, budget: BudgetOfKey): Write {
    const ttl = ttlAfter(budget.endsAt, storedDays)
    const Item = { ...budgetKeyKey(hash), ...budget, [ttlAttribute]: ttl }
    const ConditionExpression = 'attribute_not_exists(pk)'
    return { Put: { TableName: this.table.tableName, Item, ConditionExpression } }
  }
}
