import type { Row, RowSource } from './row.ts'

/** A source of one row. */
export function singleRow(row: Row): RowSource {
  const rows = [row]
  return { takeRows: (max) => (max < 1 ? [] : rows.splice(0)) }
}
