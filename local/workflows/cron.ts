import { dayMs, hourMs, minuteMs } from '../../core/time/time.ts'

/** `0 0 29 2 ? *` is at most eight years away. */
const daysMax = 8 * 366

/**
 * Returns the first instant strictly after `after` (both epoch milliseconds) at which the schedule fires, if
 * any.
 */
export type Cron = (after: number) => number | undefined

/**
 * Compiles `cron(…)` (six fields of numbers, lists, ranges, steps), `rate(…)` or `at(…)`, in UTC. Throws on
 * any other expression.
 */
export function parseSchedule(expression: string): Cron {
  const [, kind, body] = /^(cron|rate|at)\(([^()]+)\)$/.exec(expression) ?? []
  if (kind === 'cron' && body !== undefined) return parseCron(body)
  if (kind === 'rate' && body !== undefined) return parseRate(body)
  if (kind === 'at' && body !== undefined) return parseAt(body)
  throw new Error(`schedule ${expression} is not known`)
}

function parseRate(body: string): Cron {
  const [, count, unit] = /^(\d+) (minute|hour|day)s?$/.exec(body) ?? []
  const units: Record<string, number> = { minute: minuteMs, hour: hourMs, day: dayMs }
  const every = Number(count) * (units[unit ?? ''] ?? Number.NaN)
  if (!(every > 0)) throw new Error(`rate ${body} is not known`)
  return (after) => (Math.floor(after / every) + 1) * every
}

function parseAt(body: string): Cron {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(body) ? Date.parse(`${body}Z`) : Number.NaN
  if (Number.isNaN(at)) throw new Error(`instant ${body} is not known`)
  return (after) => (at > after ? at : undefined)
}

interface Field {
  readonly min: number
  readonly max: number
}

const fields: Readonly<Record<'minute' | 'hour' | 'date' | 'month' | 'weekday' | 'year', Field>> = {
  minute: { min: 0, max: 59 },
  hour: { min: 0, max: 23 },
  date: { min: 1, max: 31 },
  month: { min: 1, max: 12 },
  // Sunday is 1.
  weekday: { min: 1, max: 7 },
  year: { min: 1970, max: 2199 },
}

function parseCron(body: string): Cron {
  const texts = body.split(' ')
  if (texts.length !== 6) throw new Error(`cron ${body} is not known: it needs six fields`)
  const sets = Object.values(fields).map((field, index) => parseField(texts[index] ?? '', field))
  const [minutes, hours, dates, months, weekdays, years] = sets
  if (!minutes || !hours || !dates || !months || !weekdays || !years)
    throw new Error(`cron ${body} is not known`)
  const isDay = (at: Date) =>
    years.has(at.getUTCFullYear()) &&
    months.has(at.getUTCMonth() + 1) &&
    dates.has(at.getUTCDate()) &&
    weekdays.has(at.getUTCDay() + 1)
  const times = [...hours].flatMap((hour) => [...minutes].map((each) => (hour * 60 + each) * minuteMs))
  times.sort((a, b) => a - b)
  return (after) => firstTime(after, isDay, times)
}

function firstTime(
  after: number,
  isDay: (at: Date) => boolean,
  times: readonly number[],
): number | undefined {
  const today = Math.floor(after / dayMs) * dayMs
  for (let start = today; start <= today + daysMax * dayMs; start += dayMs) {
    if (!isDay(new Date(start))) continue
    const time = times.find((each) => start + each > after)
    if (time !== undefined) return start + time
  }
  return undefined
}

function parseField(text: string, { min, max }: Field): Set<number> {
  const values = new Set<number>()
  for (const part of text.split(',')) {
    const [, from, to, step] = /^(?:[*?]|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part) ?? [part]
    const first = from === undefined ? min : Number(from)
    const last = to !== undefined ? Number(to) : from === undefined || step !== undefined ? max : first
    const isKnown =
      /^([*?]|\d+(-\d+)?)(\/[1-9]\d*)?$/.test(part) && first >= min && last <= max && first <= last
    if (!isKnown) throw new Error(`cron field ${text} is not known`)
    for (let value = first; value <= last; value += Number(step ?? 1)) values.add(value)
  }
  return values
}
