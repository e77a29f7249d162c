import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import type { Item, Table } from '../../lambdas/store/table.ts'
import type { Operating } from '../../ops/operating.ts'

/** A command's surroundings, with what it printed. */
export function operatingOn(table: Table, now = Date.parse('2027-01-01T00:00:00Z')) {
  const lines: string[] = []
  const operating: Operating = { table, now: () => now, print: (line) => lines.push(line) }
  return { operating, lines }
}

/** Every item of a table as text, its fields in order, those with a sort key that begins with `prefix`. */
export async function itemsOf(table: Table, prefix = ''): Promise<readonly string[]> {
  const items: Item[] = []
  let start: Item | undefined
  do {
    const page: { Items?: Item[]; LastEvaluatedKey?: Item } = await table.client.send(
      new ScanCommand({ TableName: table.tableName, ConsistentRead: true, ExclusiveStartKey: start }),
    )
    items.push(...(page.Items ?? []))
    start = page.LastEvaluatedKey
  } while (start !== undefined)
  const own = items.filter(({ sk }) => String(sk).startsWith(prefix))
  return own.map((item) => JSON.stringify(item, inOrder)).toSorted()
}

function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
