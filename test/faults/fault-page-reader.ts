/** The fault table as its page shows it. */
export interface ReadFaultPage {
  /** Names of the faults, in the order of the columns. */
  readonly faults: readonly string[]
  /** Cells by operation: `✓`, or the reason why the fault cannot meet the operation. */
  readonly rows: ReadonlyMap<string, readonly string[]>
}

/** Reads the text of a page that `toPage` has written. */
export function readFaultPage(text: string): ReadFaultPage {
  const lines = text.split('\n')
  const tableUnder = (head: string) => {
    const start = lines.findIndex((line) => line.startsWith(head)) + 2
    return lines.slice(start, lines.indexOf('', start)).map((line) => line.slice(2, -2).split(' | '))
  }
  const reasons = new Map(tableUnder('|  | why').map(([letter = '', reason = '']) => [letter, reason]))
  return {
    faults: tableUnder('|  | fault |').map(([, name = '']) => name),
    rows: new Map(
      tableUnder('| operation |').map(([operation = '', ...cells]) => [
        operation,
        cells.map((cell) => reasons.get(cell) ?? cell),
      ]),
    ),
  }
}
