import { availableParallelism } from 'node:os'
import type { Exhaustion } from './measure-exhaustion.ts'
import type { Kills } from './measure-kills.ts'
import type { Rates } from './measure-rates.ts'
import type { Peer } from './peer.ts'
import type { Scale } from './scale.ts'
import { usdPerMillion } from './usd.ts'

export interface Measured {
  readonly rates: Rates
  readonly exhaustion: Exhaustion
  readonly kills: Kills
}

/** A row of the tables. Nothing is measured where the peer's server is not installed. */
export interface Row {
  readonly peer: Peer
  readonly measured?: Measured
}

export interface Comparison {
  readonly rows: readonly Row[]
  readonly scale: Scale
  /** Absent where PostgreSQL is not installed. */
  readonly postgresVersion?: string
}

/** Both tables and their explanation, as Markdown. */
export function toText(comparison: Comparison): string {
  return [mainTable(comparison), explanation(comparison), detailTable(comparison)].join('\n\n')
}

function mainTable({ rows, scale: { teams, callers } }: Comparison): string {
  const [base] = rows
  const head = [
    'design',
    'calls/s, one team',
    `calls/s, ${count(teams)} teams`,
    'p50 / p99, ms',
    'write units per 1,000 calls',
    'USD per million calls',
    `overspent, ${callers} callers`,
    'lost',
    'doubled',
  ]
  const cells = rows.map(({ peer, measured }) => {
    const name = `${peer.letter}. ${peer.title}`
    if (measured === undefined) return [name, 'not installed', ...head.slice(2).map(() => '–')]
    const { rates, exhaustion, kills } = measured
    return [
      name,
      compared(rates.hot.calls / rates.hot.seconds, base?.measured?.rates.hot),
      compared(rates.many.calls / rates.many.seconds, base?.measured?.rates.many),
      `${show(rates.hot.p50Ms)} / ${show(rates.hot.p99Ms)}`,
      peer.isSql ? '–' : show(rates.hotCounted.writeUnits),
      peer.isSql ? '–' : show(usdPerMillion(rates.hotCounted)),
      count(exhaustion.overspent),
      count(kills.lost),
      count(kills.doubled),
    ]
  })
  return table(head, cells)
}

function detailTable({ rows, scale: { teams } }: Comparison): string {
  const head = [
    '',
    `p50 / p99 of ${count(teams)} teams, ms`,
    'write units per 1,000 calls of these',
    'USD per million of these',
    'one team: of the write units, in the background',
    'read units',
    'HTTP requests',
    'bytes of write-ahead log',
    'exhaustion: paid, admitted, counted',
    'kills: calls in logs, in the store, repeated',
  ]
  const cells = rows.flatMap(({ peer, measured }) => {
    if (measured === undefined) return []
    const { rates, exhaustion, kills } = measured
    const { hotCounted, manyCounted } = rates
    const units = (value: number) => (peer.isSql ? '–' : show(value))
    return [
      [
        peer.letter,
        `${show(rates.many.p50Ms)} / ${show(rates.many.p99Ms)}`,
        units(manyCounted.writeUnits),
        units(usdPerMillion(manyCounted)),
        units(hotCounted.backgroundWriteUnits),
        units(hotCounted.readUnits),
        peer.isOurs ? show(hotCounted.httpRequests) : '–',
        hotCounted.walBytes === undefined ? '–' : show(hotCounted.walBytes),
        [exhaustion.paid, exhaustion.admitted, exhaustion.counted].map(count).join(', '),
        [kills.admitted, kills.counted, kills.repeated].map(count).join(', '),
      ],
    ]
  })
  return table(head, cells)
}

function explanation({ scale, postgresVersion }: Comparison): string {
  const { callers, kills, warmUpMs, measureMs } = scale
  const machine = [
    `${availableParallelism()} processors`,
    `Node ${process.versions.node}`,
    ...(postgresVersion === undefined ? [] : [`PostgreSQL ${postgresVersion}`]),
  ].join(', ')
  return (
    `Measured on ${machine}, with ${callers} callers in one process, for ${measureMs / 1_000} s after at least ${warmUpMs / 1_000} s. ` +
    'The factor in brackets compares with row a. Units, requests and USD include the warm-up and the last reports. Overspent: ' +
    `calls that ${callers} callers in four processes were allowed beyond what was paid. Lost and doubled: ${kills.processes} ` +
    `processes were killed ${kills.killsEach === 1 ? 'once' : `${kills.killsEach} times`} each with kill -9, at the instant at ` +
    'which a response would have reached them, and started again. Each then repeated the calls that had no answer. Lost calls ' +
    'are in the log of a process and not in the store; doubled ones are in the store twice.'
  )
}

/** A rate, with its factor over the first row. */
function compared(perSecond: number, base?: { readonly calls: number; readonly seconds: number }): string {
  if (base === undefined) return show(perSecond)
  return `${show(perSecond)} (${show(perSecond / (base.calls / base.seconds))}×)`
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')

const count = (value: number) => value.toLocaleString('en')

/** Three digits: figures of a run are no more exact. */
export const show = (value: number) => value.toLocaleString('en', { maximumSignificantDigits: 3 })
