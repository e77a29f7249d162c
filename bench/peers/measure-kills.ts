import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readLog } from './call-log.ts'
import { CallerProcess } from './callers.ts'
import type { BenchHost } from './host.ts'
import type { Job } from './job.ts'
import type { Peer, Place } from './peer.ts'
import type { KillScale } from './scale.ts'
import { startTripwire, type Tripwire } from './tripwire.ts'

const units = 3_000_000
const pauseMsMax = 20
/** A process calls for this time after its first answer. Then the next response kills it. */
const callingMs = 300
/** Longer than it takes until a process is killed. */
const killedRunMs = 20_000
/** Without a response for this time, the process is killed anyway. */
const responseMsMax = 500

export interface Kills {
  readonly kills: number
  /** Calls that the callers' logs and the store have admitted. */
  readonly admitted: number
  readonly counted: number
  /** Calls that had no answer at a kill and were repeated afterwards. */
  readonly repeated: number
  readonly lost: number
  readonly doubled: number
}

/**
 * Kills processes with callers, each at the instant at which a response of the store or of Tollgate would have reached it,
 * and starts each again. Compares the callers' logs with the store.
 */
export async function measureKills(host: BenchHost, peer: Peer, scale: KillScale): Promise<Kills> {
  const teamId = `${peer.letter}-killed`
  await peer.fill(host, [teamId], units)
  const all = await Promise.all(
    Array.from({ length: scale.processes }, (_, index) =>
      runAndKill(host, peer, { scale, teamId, name: `${teamId}-${index}` }),
    ),
  )
  const sum = (field: 'admitted' | 'repeated' | 'kills') =>
    all.reduce((total, each) => total + each[field], 0)
  const [admitted, counted] = [sum('admitted'), await peer.usedOf(host, teamId)]
  return {
    kills: sum('kills'),
    admitted,
    counted,
    repeated: sum('repeated'),
    lost: Math.max(0, admitted - counted),
    doubled: Math.max(0, counted - admitted),
  }
}

interface Killed {
  readonly scale: KillScale
  readonly teamId: string
  readonly name: string
}

/** One process, which is killed and started again some times, and ends by itself at last. */
async function runAndKill(host: BenchHost, peer: Peer, { scale, teamId, name }: Killed) {
  const folder = join(host.folder, name)
  mkdirSync(folder)
  const wires = await wiresTo(host.place)
  const { callersEach: callers, killsEach } = scale
  const logFile = join(folder, 'calls.log')
  const opening = { place: wires.place, quantity: 1, units, callers, folder }
  const job = (start: number, durationMs: number): Job => ({
    module: peer.module,
    opening,
    run: { kind: 'logged', teamId, name: `${name}-${start}`, durationMs, pauseMsMax, logFile },
  })
  try {
    let repeated = 0
    for (let kill = 0; kill < killsEach; kill++) {
      await runUntilKilled(job(kill, killedRunMs), wires.all)
      repeated += readLog(logFile).unanswered.length
    }
    if ((await new CallerProcess(job(killsEach, callingMs)).result) === undefined)
      throw new Error(`${name} did not end by itself`)
    const { admitted, unanswered, refused } = readLog(logFile)
    if (refused.size > 0 || unanswered.length > 0) throw new Error(`${name} has calls without a result`)
    return { kills: killsEach, repeated, admitted: admitted.size }
  } finally {
    for (const wire of wires.all) wire.stop()
  }
}

async function runUntilKilled(job: Job, wires: readonly Tripwire[]): Promise<void> {
  const child = new CallerProcess(job)
  await child.calling
  await sleep(callingMs)
  for (const wire of wires) wire.arm(() => child.kill())
  await Promise.race([child.result, sleep(responseMsMax)])
  child.kill()
  for (const wire of wires) wire.disarm()
  if ((await child.result) !== undefined) throw new Error('a process ended before it was killed')
}

/** The same place, with a wire in front of each server. */
async function wiresTo(place: Place): Promise<{ readonly place: Place; readonly all: readonly Tripwire[] }> {
  const [engine, api] = [new URL(place.endpoint), new URL(place.url)]
  const ofEngine = await startTripwire(engine.hostname, Number(engine.port))
  const ofApi = await startTripwire(api.hostname, Number(api.port))
  const ofPostgres = await startTripwire('127.0.0.1', place.postgresPort ?? 0)
  return {
    place: {
      ...place,
      endpoint: `http://127.0.0.1:${ofEngine.port}`,
      url: `http://127.0.0.1:${ofApi.port}`,
      ...(place.postgresPort !== undefined && { postgresPort: ofPostgres.port }),
    },
    all: [ofEngine, ofApi, ofPostgres],
  }
}
