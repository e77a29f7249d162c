import { dayMs, hourMs, secondMs } from '../../core/time/time.ts'
import { type SeededRandom, seededRandom } from './random.ts'
import { badLine } from './rejections.ts'
import { hours, sampleWork, type Work } from './traffic.ts'
import { type Arrival, instant, type UsageEvent } from './usage-event.ts'

export interface SampleOptions {
  readonly seed: number
  /** Number of lines, at least 1. */
  readonly events: number
}

/**
 * The sample's month, October 2026: its first instant and the end, in epoch milliseconds. The end is
 * excluded.
 */
export const monthStartAt = Date.UTC(2026, 9, 1)
export const monthEndAt = Date.UTC(2026, 10, 1)

/**
 * Makes the lines of a sample month in the order of their arrival, without line ends. They are events of the
 * sample teams, and include bursts and repeated, late and faulty events. The same options give the same
 * lines.
 */
export function sampleLines({ seed, events }: SampleOptions): string[] {
  const random = seededRandom(seed)
  // The first event is at the start of the month, arrives on time and contains the anchor, so line 1
  // identifies a sample.
  const opening = newEvent(random, random.weighted(sampleWork), monthStartAt)
  const arrivals: Arrival[] = []
  while (arrivals.length < events - 1) arrivals.push(...nextArrivals(random))
  const ordered = arrivals.slice(0, events - 1).sort((left, right) => left.arrivedAt - right.arrivedAt)
  const first = JSON.stringify({ ...opening, sampleanchor: instant(monthEndAt) })
  return [first, ...ordered.map((arrival) => arrival.line)]
}

function nextArrivals(random: SeededRandom): Arrival[] {
  const work = random.weighted(sampleWork)
  const time = workTime(random)
  if (random.chance(10)) return [badLine(random, newEvent(random, work, time), time)]
  if (random.chance(3)) return burst(random, work, time)
  return oneOrTwo(random, work, time)
}

/** Usually one line. Sometimes the service gets no answer and sends the same event again. */
function oneOrTwo(random: SeededRandom, work: Work, time: number): Arrival[] {
  const line = JSON.stringify(newEvent(random, work, time))
  const first = { arrivedAt: time + delayMs(random), line }
  if (!random.chance(30)) return [first]
  return [first, { arrivedAt: first.arrivedAt + random.between(1, 7_200) * secondMs, line }]
}

/** A folder dropped into a batch job: the same work dozens of times within a minute or two. */
function burst(random: SeededRandom, work: Work, time: number): Arrival[] {
  const size = random.between(30, 90)
  return Array.from({ length: size }).flatMap(() =>
    oneOrTwo(random, work, time + random.between(0, 90) * secondMs),
  )
}

/** Most events are reported within seconds. Some wait for days in the queue of a disconnected service. */
function delayMs(random: SeededRandom): number {
  return random.chance(15) ? random.between(dayMs, 6 * dayMs) : random.between(1, 40) * secondMs
}

function workTime(random: SeededRandom): number {
  const day = random.between(0, 30)
  // October 2026 begins on a Thursday, so the weekend is 2 and 3 days later. Four of five weekend jobs move
  // to Monday.
  const isWeekend = day % 7 === 2 || day % 7 === 3
  const movedDay = isWeekend && random.chance(800) ? Math.min(day + 2, 30) : day
  const { hour } = random.weighted(hours)
  // The last minutes of the month stay empty, so that a burst does not pass its end.
  const second = random.between(0, 3_400)
  return monthStartAt + movedDay * dayMs + hour * hourMs + second * secondMs
}

function newEvent(random: SeededRandom, work: Work, time: number): UsageEvent {
  return {
    specversion: '1.0',
    type: 'aps.usage.v1',
    source: work.source,
    id: `${work.meter.split('-')[0]}-${random.hex()}${random.hex()}`,
    subject: work.appId,
    time: instant(time),
    data: { meter: work.meter, quantity: random.between(work.quantityMin, work.quantityMax) },
  }
}
