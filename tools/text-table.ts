/** Aligns the cells of rows in columns. Columns from `rightFrom` on are numbers and align to the right. */
export function alignRows(rows: readonly (readonly string[])[], rightFrom: number): readonly string[] {
  const columns = Math.max(...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows.map((row) =>
    widths
      .map((width, column) => {
        const cell = row[column] ?? ''
        return column < rightFrom ? cell.padEnd(width) : cell.padStart(width)
      })
      .join('  ')
      .trimEnd(),
  )
}
