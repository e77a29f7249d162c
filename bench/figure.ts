/** One line of the bench's table. */
export interface Figure {
  readonly what: string
  readonly value: string
  /** The promised value, in words. */
  readonly target?: string
  /** Only for counts, which are the same on every machine. False fails the run. */
  readonly isMet?: boolean
}

/** A count with an upper bound. A miss fails the run. */
export function counted(what: string, count: number, atMost: number, unit = ''): Figure {
  const target = `≤ ${atMost.toLocaleString('en')}${unit}`
  return { what, value: `${show(count)}${unit}`, target, isMet: count <= atMost }
}

/** Up to two decimals. */
export function show(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 2 })
}

/** Columns of a terminal that fit most names and most values. */
const [nameWidth, valueWidth] = [80, 34] as const

/** Formats the figure as a line for the terminal. */
export function toRow(figure: Figure): string {
  const [what = '', value = '', target = ''] = cellsOf(figure)
  return `${what.padEnd(nameWidth)} ${value.padEnd(valueWidth)} ${target}`.trimEnd()
}

function cellsOf({ what, value, target, isMet }: Figure): readonly string[] {
  return [what, value, target === undefined ? '' : `${target}${isMet === false ? ' **missed**' : ''}`]
}

/** Formats the figures as a Markdown table. */
export function toTable(figures: readonly Figure[]): string {
  const rows = figures.map(cellsOf)
  const all = [['figure', 'value', 'target'], ...rows]
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = all
  const rule = widths.map((width) => '-'.repeat(width))
  return [head, rule, ...body].map(line).join('\n')
}
