import type { TestNames } from './inventory.ts'

/** Earlier full name → full name today, of tests that say the same in other words. */
export type Renames = Readonly<Record<string, string>>

/**
 * Proposes the names of today for tests of `before` that have no namesake: in the file that shares most with theirs, the tests
 * without a namesake there, in the same order, by similarity. A person must read the result, so it is only proposed.
 */
export function proposeRenames(before: TestNames, today: TestNames): Renames {
  const [were, are] = [new Set(Object.values(before).flat()), new Set(Object.values(today).flat())]
  const pairs = Object.entries(before).flatMap(([file, names]) => {
    const gone = names.filter((name) => !are.has(name))
    if (gone.length === 0) return []
    const successor = successorOf(file, names, today)
    return align(names, today[successor] ?? []).filter(([was, is]) => !are.has(was) && !were.has(is))
  })
  return Object.fromEntries(pairs)
}

function successorOf(file: string, names: readonly string[], today: TestNames): string {
  const own = new Set(names)
  const isNamesake = (path: string) => path.split('/').at(-1) === file.split('/').at(-1)
  const shared = Object.entries(today).map(([path, all]) => ({
    path,
    count: all.filter((name) => own.has(name)).length + (isNamesake(path) ? 1 : 0),
  }))
  return shared.toSorted((a, b) => b.count - a.count)[0]?.path ?? file
}

/** Score of equal names. It exceeds any sum of similarities, so equal names are always paired. */
const equalScore = 1_000
/** Score of two names without a common word. It is above 0 because their places match. */
const placeScore = 0.05

/** Pairs the names of two lists, in order, so that the sum of similarities is greatest. */
function align(left: readonly string[], right: readonly string[]): readonly (readonly [string, string])[] {
  const best = Array.from({ length: left.length + 1 }, () => new Float64Array(right.length + 1))
  const at = (row: number, column: number) => best[row]?.[column] ?? 0
  const score = (row: number, column: number) => similarity(left[row] ?? '', right[column] ?? '')
  for (let row = left.length - 1; row >= 0; row--)
    for (let column = right.length - 1; column >= 0; column--)
      best[row]?.fill(
        Math.max(at(row + 1, column), at(row, column + 1), at(row + 1, column + 1) + score(row, column)),
        column,
        column + 1,
      )
  const pairs: (readonly [string, string])[] = []
  for (let [row, column] = [0, 0]; row < left.length && column < right.length; ) {
    if (at(row, column) === at(row + 1, column)) row += 1
    else if (at(row, column) === at(row, column + 1)) column += 1
    else pairs.push([left[row++] ?? '', right[column++] ?? ''])
  }
  return pairs
}

function similarity(left: string, right: string): number {
  if (left === right) return equalScore
  const [some, others] = [wordsOf(left), wordsOf(right)]
  const shared = [...some].filter((word) => others.has(word)).length
  return placeScore + (2 * shared) / (some.size + others.size)
}

const wordsOf = (name: string) => new Set(name.toLowerCase().split(/[^\p{L}\p{N}]+/u))
