/** Random numbers that are the same for the same seed on every machine (mulberry32: integers only). */
export interface SeededRandom {
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  /** True `perMille` times in a thousand. */
  chance(perMille: number): boolean
  /** Picks one row; `weight` is its relative probability. */
  weighted<Row extends { readonly weight: number }>(rows: readonly Row[]): Row
  /** Eight hexadecimal digits. */
  hex(): string
}

/** `seed` is any whole number; only its lowest 32 bits matter. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed | 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const between = (low: number, high: number) => low + (next() % (high - low + 1))
  return {
    between,
    chance: (perMille) => next() % 1000 < perMille,
    weighted: (rows) => weightedRow(rows, between(1, totalWeight(rows))),
    hex: () => next().toString(16).padStart(8, '0'),
  }
}

function totalWeight(rows: readonly { readonly weight: number }[]): number {
  return rows.reduce((sum, row) => sum + row.weight, 0)
}

function weightedRow<Row extends { readonly weight: number }>(rows: readonly Row[], ticket: number): Row {
  let left = ticket
  for (const row of rows) {
    left -= row.weight
    if (left <= 0) return row
  }
  throw new Error('A choice needs rows with weights')
}
