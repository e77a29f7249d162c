import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CallLog, readLog } from '../../bench/peers/call-log.ts'
import { toChart } from '../../bench/peers/chart.ts'
import type { Counted, Rates } from '../../bench/peers/measure-rates.ts'
import { peers } from '../../bench/peers/peers.ts'
import { type Comparison, toText } from '../../bench/peers/report.ts'
import { quickScale } from '../../bench/peers/scale.ts'
import { usdPerMillion } from '../../bench/peers/usd.ts'
import { functions } from '../../lib/functions.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const counted: Counted = { writeUnits: 6_000, readUnits: 0, backgroundWriteUnits: 0, httpRequests: 0 }

function ratesOf(callsPerSecond: number): Rates {
  const rate = { calls: callsPerSecond * 2, seconds: 2, p50Ms: 1, p99Ms: 2, allCalls: 1, httpRequests: 0 }
  return { hot: rate, many: rate, hotCounted: counted, manyCounted: counted }
}

/** The first design has 1,000 calls a second, the next one ten times as many, and so on. PostgreSQL is not installed. */
const comparison: Comparison = {
  scale: quickScale,
  rows: peers.map((peer, index) => {
    if (peer.isSql) return { peer }
    const exhaustion = { paid: 100, admitted: 104, counted: 104, overspent: 4 }
    const kills = { kills: 2, admitted: 50, counted: 57, repeated: 8, lost: 0, doubled: 7 }
    return { peer, measured: { rates: ratesOf(1_000 * 10 ** index), exhaustion, kills } }
  }),
}

test('a million calls of six write units each cost 3.75 USD', () => {
  expect(usdPerMillion(counted)).toBeCloseTo(3.75, 10)
})

test('a million calls of two requests each cost two million requests and runs of a function', () => {
  const requests = { ...counted, writeUnits: 0, httpRequests: 2_000 }
  const gigabyteSeconds = 2_000_000 * 0.025 * (functions['authorize-usage'].memoryMegabytes / 1_024)
  expect(usdPerMillion(requests)).toBeCloseTo(2 + 0.4 + gigabyteSeconds * 0.000_013_333_4, 10)
})

test('the table gives each rate with its factor over the first row, and says what is not installed', () => {
  const text = toText(comparison)
  expect(text).toContain('| b. one conditional update per call | 10,000 (10×) | 10,000 (10×) | 1 / 2 |')
  expect(text).toContain('| d. PostgreSQL: `UPDATE … RETURNING` and an insert | not installed | – |')
  expect(text).toContain('| 3.75 | 4 | 0 | 7 |')
  const widths = text
    .split('\n')
    .slice(0, peers.length + 2)
    .map((line) => line.split(' | ').length)
  expect(new Set(widths).size).toBe(1)
})

test('the chart has two bars for each measured design, and their lengths grow with the logarithm', () => {
  const chart = toChart(comparison)
  // The first one is the square of the legend.
  const [, ...lengths] = [...chart.matchAll(/<rect class="one" x="250" y="\d+" width="([\d.]+)"/g)].map(
    ([, width]) => Number(width),
  )
  // The rows are 10³, 10⁴, 10⁵, 10⁷ and 10⁸ calls a second.
  const steps = lengths.slice(1).map((length, index) => length - (lengths[index] ?? 0))
  expect(lengths).toHaveLength(5)
  expect(steps[0]).toBeGreaterThan(50)
  expect(steps[1]).toBeCloseTo(steps[0] ?? 0, 0)
  expect(steps[2]).toBeCloseTo(2 * (steps[0] ?? 0), 0)
  expect(chart).not.toContain('NaN')
})

test('the log of a killed process shows the calls without an answer', () => {
  const file = join(temporaryFolder(), 'calls.log')
  const log = new CallLog(file)
  for (const id of ['one', 'two', 'three']) log.write('sent', id)
  log.write('admitted', 'three')
  log.write('refused', 'one')
  log.close()
  expect(readLog(file)).toEqual({
    admitted: new Set(['three']),
    refused: new Set(['one']),
    unanswered: ['two'],
  })
})
