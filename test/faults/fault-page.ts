import { type FaultTable, undisturbedName } from './battery.ts'
import { columns, engineKilledCopies, engineKilledName } from './columns.ts'
import { provedElsewhere } from './elsewhere.ts'
import type { Operation } from './operation.ts'

export const faultPage = new URL('../../docs/fault-table.md', import.meta.url)

const head = `# Fault table

Written by \`npm run faults -- --write\`. \`npm test\` visits each column once and fails where a call or a function has no row.
\`npm run test:long\` runs all of it and fails where this page says something else and where a cell is empty.

Each row is an operation, run by its real handler on the real engine. Between them, a proxy speaks DynamoDB's
protocol and breaks it. The caller asks again under the same ids while the answer is 503, and once more after it was
acknowledged. ✓ means that for every disturbed request

- the table then holds, item by item and read back from the file after the engine was killed, what it holds when nothing
  disturbs the operation: it was done exactly once;
- every acknowledged change was in the table at that moment;
- every acknowledged answer was the same, and no answer was a 500;
- each event, mail, webhook message, archived entry and execution got out at least once, and repetitions had the same
  content under the same id.

The undisturbed table has passed the audit. A letter means that the fault cannot meet the operation, with its reason below.
`

const names = [
  ...columns.map(({ name, copies }) => ({ name, copies })),
  { name: engineKilledName, copies: engineKilledCopies },
]

/** The page, from what a run has found. */
export function toPage(table: FaultTable, operations: readonly Operation[]): string {
  const reasons: string[] = []
  const letterOf = (reason: string) => {
    if (!reasons.includes(reason)) reasons.push(reason)
    return String.fromCharCode('a'.charCodeAt(0) + reasons.indexOf(reason))
  }
  const rows = operations.map(({ name }) => {
    const cells = names.map((column) => {
      const cell = table.get(name)?.get(column.name)
      if (cell === undefined) return ' '
      if (cell.reason !== undefined) return letterOf(cell.reason)
      return cell.wrong.length === 0 && cell.points > 0 ? '✓' : '✗'
    })
    return [name, ...cells]
  })
  const numbers = names.map((_, index) => String(index + 1))
  const legend = names.map(({ name, copies }, index) => [String(index + 1), name, copies])
  return [
    head,
    toTable([['operation', ...numbers], ...rows]),
    '',
    toTable([['', 'fault', 'the failure of AWS'], ...legend]),
    '',
    toTable([
      ['', 'why the fault cannot meet the operation'],
      ...reasons.map((text) => [letterOf(text), text]),
    ]),
    '',
    toTable([
      ['another failure', 'proved by'],
      ...provedElsewhere.map(({ fault, file, test }) => [fault, `[${test}](../${file})`]),
    ]),
    '',
  ].join('\n')
}

function toTable([first = [], ...rest]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(first), line(first.map(() => '---')), ...rest.map(line)].join('\n')
}

/** Wrong and empty cells, one line each. */
export function faultsFound(table: FaultTable, operations: readonly Operation[]): readonly string[] {
  return operations.flatMap(({ name }) =>
    [undisturbedName, ...names.map((column) => column.name)].flatMap((column) => {
      const cell = table.get(name)?.get(column)
      if (cell === undefined) return [`${name} × ${column}: empty`]
      const isEmpty = column !== undisturbedName && cell.points === 0 && cell.reason === undefined
      return isEmpty
        ? [`${name} × ${column}: empty`]
        : cell.wrong.map((line) => `${name} × ${column}: ${line}`)
    }),
  )
}
