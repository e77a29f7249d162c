import { type Comparison, show } from './report.ts'

const width = 760
const [left, right, top] = [250, 90, 64] as const
const [barHeight, rowHeight] = [13, 46] as const
const plotWidth = width - left - right

/** Short names of the rows, as long as the chart has room for. */
const names: Readonly<Record<string, string>> = {
  a: 'a. transaction: event, counter, balance',
  b: 'b. conditional update',
  c: 'c. rate-limiter-flexible, DynamoDB',
  d: 'd. PostgreSQL, update and insert',
  e: 'e. Tollgate, two requests per call',
  f: 'f. Tollgate with its client',
}

/** Colours on a light and on a dark page. The media query works inside an image too. */
const style = `
    text { font: 12px system-ui, sans-serif; fill: #1f2328 }
    .title { font-size: 14px; font-weight: 600 }
    .page { fill: #ffffff } .grid { stroke: #d1d9e0 } .one { fill: #0969da } .many { fill: #8250df }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc } .page { fill: #0d1117 } .grid { stroke: #3d444d } .one { fill: #4493f8 } .many { fill: #ab7df8 }
    }`

/** Calls per second of each row as bars on a logarithmic scale, as an SVG document. */
export function toChart({ rows, scale: { teams } }: Comparison): string {
  const shown = rows.flatMap(({ peer, measured }) => {
    if (measured === undefined) return []
    const { hot, many } = measured.rates
    return [{ letter: peer.letter, one: hot.calls / hot.seconds, many: many.calls / many.seconds }]
  })
  const rates = shown.flatMap(({ one, many }) => [one, many]).filter((rate) => rate > 0)
  const scale = scaleOf(rates)
  const bottom = top + shown.length * rowHeight
  const bars = shown.map(({ letter, one, many }, index) => {
    const y = top + index * rowHeight + 7
    return [
      `<text x="${left - 10}" y="${y + 18}" text-anchor="end">${names[letter] ?? letter}</text>`,
      bar('one', { y, rate: one, scale }),
      bar('many', { y: y + barHeight + 3, rate: many, scale }),
    ].join('\n  ')
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${bottom + 36}" role="img">`,
    `  <title>Calls per second of six designs, on a logarithmic scale</title>`,
    `  <style>${style}\n  </style>`,
    `  <rect class="page" width="${width}" height="${bottom + 36}"/>`,
    `  <text class="title" x="16" y="26">Calls per second (logarithmic scale)</text>`,
    legend('one', 'one team', left),
    legend('many', `${teams.toLocaleString('en')} teams`, left + 110),
    ...grid(scale, bottom),
    `  ${bars.join('\n  ')}`,
    '</svg>\n',
  ].join('\n')
}

/** Decades between the start of the scale and the shortest bar, at least. */
const shortestDecades = 0.3

/** The powers of ten around the rates. */
interface LogScale {
  readonly from: number
  readonly to: number
}

function scaleOf(rates: readonly number[]): LogScale {
  const logs = rates.map(Math.log10)
  return { from: Math.floor(Math.min(...logs) - shortestDecades), to: Math.ceil(Math.max(...logs)) }
}

const lengthOf = (rate: number, { from, to }: LogScale) =>
  ((Math.log10(rate) - from) / (to - from)) * plotWidth

interface Bar {
  readonly y: number
  readonly rate: number
  readonly scale: LogScale
}

function bar(kind: 'one' | 'many', { y, rate, scale }: Bar): string {
  const length = rate > 0 ? lengthOf(rate, scale) : 0
  const value = `<text x="${(left + length + 6).toFixed(1)}" y="${y + barHeight - 2}">${show(rate)}</text>`
  return `<rect class="${kind}" x="${left}" y="${y}" width="${length.toFixed(1)}" height="${barHeight}" rx="2"/>${value}`
}

function legend(kind: 'one' | 'many', text: string, x: number): string {
  return `  <rect class="${kind}" x="${x}" y="38" width="12" height="12" rx="2"/><text x="${x + 18}" y="48">${text}</text>`
}

function grid({ from, to }: LogScale, bottom: number): readonly string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const x = left + (index / (to - from)) * plotWidth
    const label = (10 ** (from + index)).toLocaleString('en')
    return (
      `  <line class="grid" x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="${top}" y2="${bottom}"/>` +
      `<text x="${x.toFixed(1)}" y="${bottom + 20}" text-anchor="middle">${label}</text>`
    )
  })
}
