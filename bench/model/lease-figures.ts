import { leaseUsdPerMillion } from '../cost/lease-bill.ts'
import { counted, type Figure, show } from '../figure.ts'
import { type LeaseLoad, runLeases } from './leases.ts'
import type { NewTable } from './model.ts'
import { runRefused } from './refused.ts'

const calls = 10_000_000
const callsPerSecond = 50_000
const hot = { calls, callsPerSecond }
const refusedCalls = 1_000_000
const writeUnitsPerThousandMax = 0.5
const usdPerMillionMax = 0.01
const refusedReadUnitsMax = 64
const seenMsMax = 2_000

/** Figures of the client library on one hot team, and of a process whose calls are refused. */
export async function leaseFigures(
  run: { readonly newTable: NewTable; readonly seed: number },
  progress: (doing: string) => void,
): Promise<readonly Figure[]> {
  progress('one process with the client library, 50,000 calls a second')
  const alone = await runLeases({ ...run, ...hot, holders: 1, startsWithinSeconds: 1 })
  progress('64 processes with the client library, 50,000 calls a second of one team')
  const many = await runLeases({ ...run, ...hot, holders: 64, startsWithinSeconds: 10 })
  progress('64 processes that start within a second')
  const atOnce = await runLeases({ ...run, ...hot, holders: 64, startsWithinSeconds: 1 })
  progress('a million refused calls, then a purchase')
  const refused = await runRefused({ ...run, calls: refusedCalls, callsPerSecond })
  return [
    ...loadFigures('one process with the client library', alone),
    ...loadFigures('64 processes of one team with the client, started within 10 s', many),
    shareFigure('64 processes, started within a second: share of calls without an answer in time', atOnce),
    { what: '… write units per 1,000 calls', value: show(perThousand(atOnce, 'settlements')) },
    counted('read units of a million refused calls in 20 s', refused.units.readUnits, refusedReadUnitsMax),
    counted('… write units', refused.units.writeUnits, 0),
    counted('… time until a purchase is seen', refused.seenMs, seenMsMax, ' ms'),
  ]
}

function loadFigures(what: string, load: LeaseLoad): readonly Figure[] {
  const units = perThousand(load, 'settlements')
  return [
    counted(`${what}: write units per 1,000 calls`, units, writeUnitsPerThousandMax),
    {
      what: '… with the usage view and the publisher',
      value: show(units + perThousand(load, 'followers')),
    },
    { what: `… requests for ${calls.toLocaleString('en')} calls`, value: show(load.requests) },
    dollars('… USD per million calls, by the prices of the bill', leaseUsdPerMillion(load)),
    shareFigure('… share of calls without an answer in time', load),
    counted('… calls lost or doubled', Math.abs(load.allowed - load.used), 0),
  ]
}

function perThousand(load: LeaseLoad, part: 'settlements' | 'followers'): number {
  return load[part].writeUnits / (load.allowed / 1_000)
}

function shareFigure(what: string, { others }: LeaseLoad): Figure {
  return { what, value: `${show((100 * others) / calls)} %` }
}

/** A bill far below a cent needs more decimals than other figures. */
function dollars(what: string, usd: number): Figure {
  const target = `≤ ${usdPerMillionMax}`
  return { what, value: usd.toFixed(5), target, isMet: usd <= usdPerMillionMax }
}
