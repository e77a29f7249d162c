import { join } from 'node:path'
import { measureRate } from './callers.ts'
import type { BenchHost } from './host.ts'
import type { RateResult, RateRun } from './job.ts'
import type { Peer } from './peer.ts'
import type { Scale } from './scale.ts'

/** More than any run uses. */
const units = 3_000_000_000

/** Cost of a thousand calls, of the whole life of the callers' process. */
export interface Counted {
  readonly writeUnits: number
  readonly readUnits: number
  /** The part of the write units that functions in the background take. */
  readonly backgroundWriteUnits: number
  readonly httpRequests: number
  /** Bytes of PostgreSQL's write-ahead log. */
  readonly walBytes?: number
}

export interface Rates {
  readonly hot: RateResult
  readonly many: RateResult
  readonly hotCounted: Counted
  readonly manyCounted: Counted
}

/** Measures calls of one team, and of many teams in turn, by callers in one process. */
export async function measureRates(host: BenchHost, peer: Peer, scale: Scale): Promise<Rates> {
  const hotTeams = [`${peer.letter}-hot`]
  const prefix = peer.isOurs ? 'ours' : peer.letter
  const manyTeams = Array.from({ length: scale.teams }, (_, index) => `${prefix}-team-${index}`)
  await peer.fill(host, [...hotTeams, ...manyTeams], units)
  await host.counter.untilQuiet()
  const run = (teamIds: readonly string[]) => measure(host, peer, { scale, teamIds })
  const hot = await run(hotTeams)
  const many = await run(manyTeams)
  return { hot: hot.rate, many: many.rate, hotCounted: hot.counted, manyCounted: many.counted }
}

interface RateOf {
  readonly scale: Scale
  readonly teamIds: readonly string[]
}

/**
 * Tollgate's requests are always counted. The others are timed without the counter, which would slow them, and counted in a
 * second, shorter run.
 */
async function measure(host: BenchHost, peer: Peer, { scale, teamIds }: RateOf) {
  const { callers, warmUpMs, measureMs, countMs } = scale
  const folder = join(host.folder, `${peer.letter}-rates-of-${teamIds.length}`)
  const warmUpCalls = (peer.warmUpCalls ?? 0) * teamIds.length
  const direct: RateRun = { kind: 'rate', teamIds, warmUpMs, warmUpCalls, measureMs }
  const job = (place: BenchHost['place'], run: RateRun) =>
    measureRate({ module: peer.module, opening: { place, quantity: 1, units, callers, folder }, run })
  if (peer.isOurs || peer.isSql) return count(host, peer, () => job(host.place, direct))
  const rate = await job(host.place, direct)
  const countedPlace = { ...host.place, endpoint: host.counter.url }
  const { counted } = await count(host, peer, () =>
    job(countedPlace, { ...direct, warmUpMs: 0, measureMs: countMs }),
  )
  return { rate, counted }
}

async function count(host: BenchHost, peer: Peer, work: () => Promise<RateResult>) {
  const [before, walBefore] = [host.counter.total(), await walOf(host)]
  const rate = await work()
  if (peer.isOurs) await host.counter.untilQuiet()
  const [after, walAfter] = [host.counter.total(), await walOf(host)]
  const perThousand = (amount: number) => (amount * 1_000) / rate.allCalls
  const counted: Counted = {
    writeUnits: perThousand(after.writeUnits - before.writeUnits),
    readUnits: perThousand(after.readUnits - before.readUnits),
    backgroundWriteUnits: perThousand(after.backgroundWriteUnits - before.backgroundWriteUnits),
    httpRequests: peer.isOurs ? perThousand(rate.httpRequests) : 0,
    ...(peer.isSql && { walBytes: perThousand(walAfter - walBefore) }),
  }
  return { rate, counted }
}

async function walOf({ postgres }: BenchHost): Promise<number> {
  if (postgres === undefined) return 0
  const [row] = await postgres.query(`SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS bytes`)
  return Number(row?.bytes)
}
