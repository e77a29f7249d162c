import { isDeepStrictEqual } from 'node:util'
import { type Key, keyText } from '../lambdas/store/keys.ts'
import { batchGet, type Item, pagesOf, type Table } from '../lambdas/store/table.ts'
import { isTableMissing } from '../lambdas/store/table-errors.ts'
import { CannotDo, count, dryRun, type Operating } from './operating.ts'

/** Number of items in one request. */
const itemsPerPage = 100
/** Number of differences that are printed; all are counted. */
const namedMax = 100

export interface Restore {
  /** The restored table. */
  readonly from: Table
  readonly apply?: boolean
}

/**
 * Makes the table equal to the restored one: writes items that are missing or differ, and deletes items that
 * the restored table lacks. Nothing else may write at the same time. An interrupted run can be repeated.
 * Returns the number of differences.
 */
export async function restoreFrom(
  { table, print }: Operating,
  { from, apply = false }: Restore,
): Promise<number> {
  if (from.tableName === table.tableName) throw new CannotDo(`${from.tableName} is the table itself.`)
  let found = 0
  const mend = async (key: Key, what: string, change: () => Promise<unknown>) => {
    found += 1
    if (found <= namedMax) print(`${keyText(key)} ${what}`)
    if (apply) await change()
  }
  for await (const wanted of scan(from)) {
    const here = byKey(await batchGet(table, wanted.map(keyOf)))
    const wrong = wanted.filter((item) => !isDeepStrictEqual(here.get(keyText(keyOf(item))), item))
    await Promise.all(
      wrong.map((item) => {
        const isHere = here.has(keyText(keyOf(item)))
        return mend(keyOf(item), isHere ? 'differs' : 'is missing', () => put(table, item))
      }),
    )
  }
  for await (const present of scan(table)) {
    const there = byKey(await batchGet(from, present.map(keyOf)))
    const needless = present.map(keyOf).filter((key) => !there.has(keyText(key)))
    await Promise.all(needless.map((key) => mend(key, 'is extra', () => remove(table, key))))
  }
  if (found > namedMax) print(`… and ${count(found - namedMax, 'item')} more`)
  print(`${count(found, 'item')} not as in ${from.tableName}${apply ? ', now corrected' : ''}.`)
  if (!apply) print(dryRun)
  return found
}

const keyOf = ({ pk, sk }: Item): Key => ({ pk: String(pk), sk: String(sk) })

const byKey = (items: readonly Item[]): ReadonlyMap<string, Item> =>
  new Map(items.map((item) => [keyText(keyOf(item)), item]))

async function* scan(table: Table): AsyncGenerator<readonly Item[]> {
  const question = { TableName: table.tableName, ConsistentRead: true, Limit: itemsPerPage }
  try {
    yield* pagesOf(table, 'Scan', question)
  } catch (cause) {
    if (isTableMissing(cause))
      throw new CannotDo(`There is no table ${table.tableName}, or it is not restored yet.`)
    throw cause
  }
}

const put = (table: Table, Item: Item) => table.send('PutItem', { TableName: table.tableName, Item })

const remove = (table: Table, Key: Key) => table.send('DeleteItem', { TableName: table.tableName, Key })
