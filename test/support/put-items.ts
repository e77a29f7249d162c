import { withPatience } from '../../bench/patience.ts'
import { atOnce } from '../../lambdas/runtime/at-once.ts'
import type { Item, Table } from '../../lambdas/store/table.ts'

const itemsPerWrite = 25
const writesAtOnce = 8

/** Stores many items, without conditions. The items of a generator are made as they are written. */
export async function putItems(fragile: Table, items: Iterable<Item>): Promise<void> {
  // A busy machine takes longer, and must not fail for that.
  const table = withPatience(fragile)
  await atOnce(batchesOf(items), writesAtOnce, async (batch) => {
    const requests = batch.map((Item) => ({ PutRequest: { Item } }))
    await table.send('BatchWriteItem', { RequestItems: { [table.tableName]: requests } })
  })
}

function* batchesOf(items: Iterable<Item>): Generator<readonly Item[]> {
  let batch: Item[] = []
  for (const item of items) {
    batch.push(item)
    if (batch.length < itemsPerWrite) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
