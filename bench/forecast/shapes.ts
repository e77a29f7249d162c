import {
  dayMs,
  type Instant,
  type Period,
  periodEnd,
  periodStart,
  previousPeriod,
} from '../../core/time/time.ts'
import { draw, seededRandom } from '../model/seeded.ts'

/** A day of a series. */
interface Day {
  readonly at: Instant
  /** 0 for Sunday. */
  readonly weekday: number
  /** Months since the first day, as a fraction. */
  readonly age: number
  readonly dayOfMonth: number
  /** Days until the month's end: 1 for its last day. */
  readonly daysLeft: number
  /** True in the month whose cost is forecast, which is the last one of the series. */
  readonly isForecast: boolean
  readonly random: () => number
}

/** A kind of team. */
export interface Shape {
  readonly name: string
  /** Seconds of a day's use before chance multiplies them. */
  readonly secondsOn: (day: Day) => number
  /** Spread of the chance; 0 for none. */
  readonly spread: number
}

const usual = 40_000
const monthDays = 30
const isWeekend = ({ weekday }: Day) => weekday === 0 || weekday === 6
const onWeekdays = (day: Day) => usual * (isWeekend(day) ? 0.1 : 1)

/** The teams of the report. */
export const shapes: readonly Shape[] = [
  { name: 'same every day', secondsOn: () => usual, spread: 0 },
  { name: 'steady', secondsOn: () => usual, spread: 0.2 },
  { name: 'weekdays', secondsOn: onWeekdays, spread: 0.3 },
  { name: 'grows 15 % a month', secondsOn: (day) => onWeekdays(day) * 1.15 ** day.age, spread: 0.3 },
  { name: 'falls 15 % a month', secondsOn: (day) => onWeekdays(day) * 0.85 ** day.age, spread: 0.3 },
  { name: 'bursts', secondsOn: ({ random }) => usual * (random() < 0.1 ? 8 : 0.3), spread: 0.4 },
  { name: 'batch on Mondays', secondsOn: ({ weekday }) => usual * (weekday === 1 ? 5 : 0.2), spread: 0.3 },
  {
    name: 'batch at month end',
    secondsOn: ({ daysLeft }) => usual * (daysLeft <= 3 ? 6 : 0.4),
    spread: 0.3,
  },
  {
    name: 'new on the 3rd',
    secondsOn: (day) => (day.isForecast && day.dayOfMonth >= 3 ? onWeekdays(day) : 0),
    spread: 0.3,
  },
  {
    name: 'stops on the 8th',
    secondsOn: (day) => (day.isForecast && day.dayOfMonth >= 8 ? 0 : onWeekdays(day)),
    spread: 0.3,
  },
]

/** Months of use before the one whose cost is forecast. */
const monthsBefore = 4

export interface Series {
  readonly from: Instant
  /** Base units of each day until the end of the month. */
  readonly quantities: readonly number[]
}

/** The use of a team, drawn with a seed, until the end of a month. */
export function seriesOf({ secondsOn, spread }: Shape, seed: number, period: Period): Series {
  let first = period
  for (let months = 0; months < monthsBefore; months++) first = previousPeriod(first)
  const [from, start, end] = [periodStart(first), periodStart(period), periodEnd(period)]
  const random = seededRandom(seed + start)
  const quantities: number[] = []
  for (let at = from; at < end; at += dayMs) {
    const date = new Date(at)
    const day: Day = {
      at,
      weekday: date.getUTCDay(),
      age: (at - from) / dayMs / monthDays,
      dayOfMonth: date.getUTCDate(),
      daysLeft: (periodEnd(date.toISOString().slice(0, 7)) - at) / dayMs,
      isForecast: at >= start,
      random,
    }
    quantities.push(Math.round(secondsOn(day) * draw({ medianMs: 1, spread }, random)))
  }
  return { from, quantities }
}
