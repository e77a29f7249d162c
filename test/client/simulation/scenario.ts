import { minuteMs, secondMs } from '../../../core/time/time.ts'
import { Chance } from './chance.ts'
import { calm, type Weather } from './network.ts'
import { type Season, seasonOf, type Use } from './season.ts'

/** Calls at an instant, in milliseconds from the start, and after it. */
export interface Burst {
  readonly at: number
  readonly size: number
  readonly spacingMs: number
}

/** Calls of one machine for one app and meter. */
export interface Load {
  readonly appId: string
  readonly meter: string
  /** Calls a second, by chance; zero where all come in bursts. */
  readonly perSecond: number
  readonly bursts: readonly Burst[]
  readonly quantityMax: number
  /** The share of calls that fail and are given back. */
  readonly givenBack: number
  /** The share of calls that are not asked for, but recorded after they have run. */
  readonly recorded: number
}

export interface Fate {
  readonly at: number
  readonly what: 'kill' | 'restart' | 'redeploy' | 'freeze'
  /** Of a freeze. */
  readonly ms?: number
}

export interface MachinePlan {
  readonly hasSpool: boolean
  readonly diesAtWrite: number
  readonly clockOffMs: number
  readonly loads: readonly Load[]
  readonly fates: readonly Fate[]
}

/** Everything that one seed chooses. */
export interface Scenario {
  readonly seed: number
  readonly season: Season
  readonly lengthMs: number
  readonly machines: readonly MachinePlan[]
  readonly weather: Weather
  /** Spans in which no request arrives. */
  readonly outages: readonly { readonly from: number; readonly to: number }[]
  readonly recorded: readonly string[]
  readonly holders: number
}

interface Size {
  readonly machines: readonly [number, number]
  readonly lengthMs: readonly [number, number]
}

/** Kinds of runs: a few machines for long, some for minutes, or 64 for a short time. The work of each is about the same. */
const sizes: readonly [Size, ...Size[]] = [
  { machines: [1, 3], lengthMs: [16 * minuteMs, 26 * minuteMs] },
  { machines: [2, 12], lengthMs: [90 * secondMs, 240 * secondMs] },
  { machines: [2, 12], lengthMs: [90 * secondMs, 240 * secondMs] },
  { machines: [64, 64], lengthMs: [15 * secondMs, 40 * secondMs] },
]
const callsMax = 700
const clockOffMsMax = 10 * minuteMs

export function scenarioOf(seed: number): Scenario {
  const chance = new Chance(seed)
  const size = chance.pick(sizes)
  const lengthMs = chance.whole(...size.lengthMs)
  const season = seasonOf(chance, lengthMs)
  const count = chance.whole(...size.machines)
  const machines = Array.from({ length: count }, () => planMachine(chance, season, { lengthMs, count }))
  const recorded = chance.isTrue(0.15) && season.uses.every((use) => use.isStable) ? ['calls', 'pages'] : []
  return { seed, season, lengthMs, machines, ...weatherOf(chance, lengthMs), recorded, holders: count }
}

function planMachine(
  chance: Chance,
  { uses }: Season,
  { lengthMs, count }: { readonly lengthMs: number; readonly count: number },
): MachinePlan {
  const own = chance.isTrue(0.3) ? uses : [chance.pick(uses)]
  const calls = (callsMax / count / own.length) * chance.between(0.1, 1)
  const loads = own.map((use) => planLoad(chance, calls, lengthMs, use))
  const clockOffMs = chance.isTrue(0.5) ? chance.whole(-clockOffMsMax, clockOffMsMax) : 0
  const hasSpool = chance.isTrue(0.4)
  const diesAtWrite = hasSpool && chance.isTrue(0.2) ? 0.01 : 0
  return { hasSpool, diesAtWrite, clockOffMs, loads, fates: planFates(chance, lengthMs) }
}

function planLoad(chance: Chance, calls: number, lengthMs: number, { isStable, ...use }: Use): Load {
  const inBursts = chance.pick([0, 0, 0.5, 1])
  const bursts = Array.from({ length: inBursts === 0 ? 0 : chance.whole(1, 4) }, () => ({
    at: chance.between(0, lengthMs),
    size: 1 + Math.floor((calls * inBursts) / 4),
    spacingMs: chance.pick([0, 0, 0.2, 5]),
  }))
  const perSecond = (calls * (1 - inBursts)) / (lengthMs / secondMs)
  const quantityMax = chance.pick([1, 1, 1, 5, 5, 150])
  return {
    ...use,
    perSecond,
    bursts,
    quantityMax,
    givenBack: chance.isTrue(0.2) ? 0.1 : 0,
    recorded: isStable && chance.isTrue(0.1) ? 0.2 : 0,
  }
}

/** A process is killed and comes back, or stays away, or is replaced in good order, or is frozen for some time. */
function planFates(chance: Chance, lengthMs: number): readonly Fate[] {
  if (!chance.isTrue(0.3)) return []
  const at = chance.between(0, lengthMs)
  if (chance.isTrue(0.3)) return [{ at, what: 'redeploy' }]
  if (chance.isTrue(0.2))
    return [{ at, what: 'freeze', ms: chance.pick([secondMs, 20 * secondMs, lengthMs / 2]) }]
  const back = at + chance.between(0, lengthMs / 2)
  return chance.isTrue(0.2)
    ? [{ at, what: 'kill' }]
    : [
        { at, what: 'kill' },
        { at: back, what: 'restart' },
      ]
}

function weatherOf(chance: Chance, lengthMs: number): Pick<Scenario, 'weather' | 'outages'> {
  const kind = chance.pick(['calm', 'calm', 'lossy', 'lossy', 'outage'])
  if (kind === 'calm') return { weather: calm, outages: [] }
  const share = () => (chance.isTrue(0.6) ? chance.between(0, 0.15) : 0)
  const weather = {
    lost: share(),
    unanswered: share(),
    doubled: share(),
    slow: share(),
    turnedAway: share(),
    busyRows: share(),
  }
  if (kind === 'lossy') return { weather, outages: [] }
  const from = chance.between(0, lengthMs)
  return { weather, outages: [{ from, to: from + chance.between(secondMs, lengthMs) }] }
}
