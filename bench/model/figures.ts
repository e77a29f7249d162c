import { counted, type Figure, show } from '../figure.ts'
import {
  type Among,
  type Load,
  type Run,
  runAmongMany,
  runHotTeam,
  runManyTeams,
  runPairs,
} from './scenarios.ts'

const crowds = [64, 200] as const
const writeUnitsMax = 8
const p99MsMax = 2_000
const patienceMs = 8_000
/** Callers of separate teams do not meet, so a short run of many shows as much as a long one. */
const apartShare = 1 / 30

/** Figures of many Lambda environments in virtual time. The same run gives the same figures on every machine. */
export async function modelFigures(run: Run, progress: (doing: string) => void): Promise<readonly Figure[]> {
  const doing = <T>(what: string, work: Promise<T>): Promise<T> => {
    progress(what)
    return work
  }
  const alone = await doing('one caller of a team', runHotTeam(run, 1))
  const figures = loadFigures('one environment authorizes for a team', alone)
  for (const crowd of crowds) {
    const load = await doing(`${crowd} callers of one team`, runHotTeam(run, crowd))
    figures.push(...loadFigures(`${crowd} environments authorize for one team`, load, alone))
  }
  const { purchases, captures } = await doing(
    '64 callers, a purchase and a capture of one team',
    runAmongMany(run, 64),
  )
  figures.push(...amongFigures('purchases', purchases), ...amongFigures('captures', captures))
  const pairs = await doing('64 callers that also capture', runPairs(run, 64))
  figures.push(...loadFigures('64 environments authorize and capture for one team', pairs))
  const apart = await doing(
    '64 callers of 64 teams',
    runManyTeams({ ...run, seconds: run.seconds * apartShare }, 64),
  )
  figures.push(
    ...loadFigures('64 environments authorize for 64 teams', apart),
    counted('… share of 503 where no team has two callers', apart.busyShare, 0),
  )
  return figures
}

function loadFigures(what: string, load: Load, alone?: Load): Figure[] {
  const { allowedPerSecond, writeUnitsPerAllow, readUnitsPerAllow, p50Ms, p90Ms, p99Ms, busyShare, wrong } =
    load
  const goals =
    alone === undefined
      ? [{ what: '… write units for each', value: show(writeUnitsPerAllow) }]
      : [
          counted('… one caller alone ÷ all of them together', alone.allowedPerSecond / allowedPerSecond, 1),
          counted('… write units for each, lost races included', writeUnitsPerAllow, writeUnitsMax),
        ]
  return [
    { what: `${what}: allowed each second`, value: show(allowedPerSecond) },
    ...goals,
    { what: '… read units for each', value: show(readUnitsPerAllow) },
    { what: '… time of an answer', value: `${show(p50Ms)} ms p50, ${show(p90Ms)} ms p90` },
    counted('… p99', p99Ms, p99MsMax, ' ms'),
    { what: '… answers of 503', value: `${show(100 * busyShare)} %` },
    counted('… answers that are neither right nor 503 with Retry-After', wrong, 0),
  ]
}

function amongFigures(what: string, { calls, failed, slowestMs }: Among): Figure[] {
  return [
    counted(`${what} that fail among 64 environments that authorize, of ${calls}`, failed, 0),
    counted('… the slowest', slowestMs, patienceMs, ' ms'),
  ]
}
