import { scan } from '../../audit/reading.ts'
import type { Table } from '../../lambdas/store/table.ts'
import type { Operating } from '../../ops/operating.ts'

/** A command's surroundings, with its output. */
export function operatingOn(table: Table, now = Date.parse('2027-01-01T00:00:00Z')) {
  const lines: string[] = []
  const operating: Operating = { table, now: () => now, print: (line) => lines.push(line) }
  return { operating, lines }
}

/**
 * Every item of a table as text, with its fields in order. `prefix` selects items by the beginning of their
 * sort key.
 */
export async function itemsOf(table: Table, prefix = ''): Promise<readonly string[]> {
  const items: string[] = []
  for await (const item of scan(table, {}))
    if (String(item.sk).startsWith(prefix)) items.push(JSON.stringify(item, inOrder))
  return items.toSorted()
}

/** The engine returns the fields of an item in any order. */
function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
