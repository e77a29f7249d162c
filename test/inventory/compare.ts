import type { Covered } from './covered-by.ts'
import type { Inventory, TestNames } from './inventory.ts'

/** Tests of `before` that today's suites lack, as `<name> (<file>)`; a name is found in any file, as often as before. */
export function missingTests(
  before: TestNames,
  today: TestNames,
  covered: readonly Covered[],
): readonly string[] {
  const known = new Set(Object.values(today).flat())
  const rows = covered.filter(({ by }) => known.has(by))
  return absentTests(before, today)
    .filter(({ name }) => !rows.some((row) => isOf(row, name)))
    .map(({ name, file }) => `${name} (${file})`)
}

/** Rows of the table of covered tests that are not needed, or name no test of today. */
export function staleRows(
  before: TestNames,
  today: TestNames,
  covered: readonly Covered[],
): readonly string[] {
  const known = new Set(Object.values(today).flat())
  const absent = absentTests(before, today)
  return covered.flatMap((row) => [
    ...(absent.some(({ name }) => isOf(row, name)) ? [] : [`${row.was}: no such test is missing`]),
    ...(known.has(row.by) ? [] : [`${row.was}: there is no test ${row.by}`]),
  ])
}

function isOf({ was }: Covered, name: string): boolean {
  return typeof was === 'string' ? was === name : was.test(name)
}

function absentTests(before: TestNames, today: TestNames) {
  const left = new Map<string, number>()
  for (const name of Object.values(today).flat()) left.set(name, (left.get(name) ?? 0) + 1)
  return Object.entries(before).flatMap(([file, names]) =>
    names.flatMap((name) => {
      const count = left.get(name) ?? 0
      left.set(name, count - 1)
      return count > 0 ? [] : [{ name, file }]
    }),
  )
}

/** Cells that were proved and are not proved today, as `<operation> × <fault>`. */
export function missingCells(before: Inventory, today: Inventory): readonly string[] {
  const proved = ({ faults, faultCells }: Inventory) =>
    Object.entries(faultCells).flatMap(([operation, row]) =>
      faults.filter((_, index) => row[index] === 'x').map((fault) => `${operation} × ${fault}`),
    )
  const now = new Set(proved(today))
  return proved(before).filter((cell) => !now.has(cell))
}

/**
 * Operations with fewer kill points than before, or than `fewest` allows, as `<operation>: <now> of <least>`, and
 * allowances that no operation needs.
 */
export function missingKillPoints(
  before: Inventory['killPoints'],
  today: Inventory['killPoints'],
  fewest: Readonly<Record<string, { readonly points: number }>>,
): readonly string[] {
  return Object.entries(before).flatMap(([operation, count]) => {
    const now = today[operation] ?? 0
    const least = fewest[operation]?.points ?? count
    if (now < least) return [`${operation}: ${now} of ${least}`]
    return now >= count && operation in fewest ? [`${operation}: needs no allowance`] : []
  })
}

/** The same inventory, with faults and operations under their names of today. */
export function renameOperations(
  { faults, faultCells, killPoints, ...rest }: Inventory,
  names: Readonly<Record<string, string>>,
): Inventory {
  const nameOf = (name: string) => names[name] ?? name
  const renameKeys = <T>(record: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [nameOf(name), value]))
  return {
    ...rest,
    faults: faults.map(nameOf),
    faultCells: renameKeys(faultCells),
    killPoints: renameKeys(killPoints),
  }
}
