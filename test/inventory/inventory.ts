/** Full names of tests, by file. A name that occurs twice is listed twice. */
export type TestNames = Readonly<Record<string, readonly string[]>>

/** Everything that a checkout proves. */
export interface Inventory {
  readonly tests: TestNames
  /** Names of the columns of the fault table. */
  readonly faults: readonly string[]
  /** The row of each operation: `x` for a cell that is proved, `-` for a fault that cannot meet the operation. */
  readonly faultCells: Readonly<Record<string, string>>
  /** Number of points at which the process of each operation is killed. */
  readonly killPoints: Readonly<Record<string, number>>
  /** Page, language and width in CSS pixels of each view that must fit its screen, such as `plan ja 320`. */
  readonly views: readonly string[]
}

/** The inventory as JSON with a line for each file and operation, so that it stays small and can be compared. */
export function toText({ tests, faults, faultCells, killPoints, views }: Inventory): string {
  const lines = (record: object) =>
    Object.entries(record).map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
  const block = (record: object) => `{\n${lines(record).join(',\n')}\n  }`
  return `{
  "tests": ${block(tests)},
  "faults": ${JSON.stringify(faults)},
  "faultCells": ${block(faultCells)},
  "killPoints": ${JSON.stringify(killPoints)},
  "views": ${JSON.stringify(views)}
}
`
}
