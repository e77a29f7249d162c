import type { UsageDimension, UsageRowsAnswer } from '../contract/get-usage.ts'
import { dayMs } from '../core/time/time.ts'
import { parseUsageKey } from '../lambdas/store/keys.ts'
import type { Table } from '../lambdas/store/table.ts'
import { putItems } from '../test/support/put-items.ts'
import { type UseOfDay, usageItems } from '../test/support/usage-rows.ts'
import { BenchClock } from './clock.ts'
import { counted, type Figure } from './figure.ts'
import { RequestMeter } from './request-meter.ts'
import { Service } from './service.ts'
import { makeTeam, startsAt } from './teams.ts'

const days = 400
const to = startsAt.slice(0, 10)
const teamId = 'wide'
const meters = ['automation-autocad', 'model-derivative-basic', 'reality-capture'] as const
/** An answer of a function has at most 6 MB. */
const answerMegabytesMax = 6
const appsAtOnce = 100

/** Groupings without apps, which read the totals; and with apps, each with what one answer may cost. */
const kinds = [
  {
    what: 'without apps',
    groupings: ['meter', 'day', 'day,meter', 'month', 'month,meter'],
    requests: 2,
    readUnits: 50,
  },
  { what: 'by app', groupings: ['app', 'app,meter'], requests: 16, readUnits: 700 },
  { what: 'by month and app', groupings: ['month,app', 'month,meter,app'], requests: 4, readUnits: 700 },
  { what: 'by day and app', groupings: ['day,app', 'day,meter,app'], requests: 2, readUnits: 120 },
] as const

interface Cost {
  readonly answers: number
  /** The most of any answer. */
  readonly requests: number
  readonly readUnits: number
  readonly bytes: number
  /** Sums of the answers that are not the known ones, and known ones that are in no answer. */
  readonly wrong: number
}

/**
 * Reads the use of a team whose apps used a meter on each of 400 days, in every grouping and page by page. The cost of an
 * answer must not depend on the number of apps, and every sum must be the known one.
 */
export async function countUsage(
  newTable: (id: string) => Promise<Table>,
  apps: number,
): Promise<readonly Figure[]> {
  const table = await newTable('usage')
  const meter = new RequestMeter(table)
  const service = new Service(meter.table, new BenchClock(startsAt))
  await makeTeam(service, teamId, [5_000])
  await fill(table, apps)
  const figures: Figure[] = []
  for (const { what, groupings, requests, readUnits } of kinds) {
    const costs: Cost[] = []
    for (const groupBy of groupings) costs.push(await costOf(service, meter, groupBy, apps))
    const most = (count: (cost: Cost) => number) => Math.max(...costs.map(count))
    figures.push(
      counted(
        `requests of an answer, use of ${apps} apps on ${days} days ${what}`,
        most((cost) => cost.requests),
        requests,
      ),
      counted(
        '… read units',
        most((cost) => cost.readUnits),
        readUnits,
      ),
      counted('… megabytes', most((cost) => cost.bytes) / 1e6, answerMegabytesMax),
      { what: '… answers that make it complete', value: most((cost) => cost.answers).toLocaleString('en') },
      counted(
        '… sums that are not the known ones',
        most((cost) => cost.wrong),
        0,
      ),
    )
  }
  return figures
}

/** The days, the newest first. */
const dates = Array.from({ length: days }, (_, index) =>
  new Date(Date.parse(to) - index * dayMs).toISOString().slice(0, 10),
)
const from = dates[days - 1] ?? to
const appAt = (index: number) => `viewer-${String(index).padStart(5, '0')}`
const meterAt = (index: number) => meters[index % meters.length] ?? meters[0]
/** Each app has the same quantity each day, on one meter. */
const quantityAt = (app: number) => 100 + (app % 9)

async function fill(table: Table, apps: number): Promise<void> {
  const totals = new Map<string, UseOfDay>()
  for (let first = 0; first < apps; first += appsAtOnce) {
    const uses: UseOfDay[] = []
    for (let app = first; app < Math.min(apps, first + appsAtOnce); app++)
      for (const day of dates) {
        const use = { appId: appAt(app), meter: meterAt(app), day, quantity: quantityAt(app), units: 1 }
        const total = totals.get(`${use.day} ${use.meter}`)
        totals.set(`${use.day} ${use.meter}`, { ...use, quantity: (total?.quantity ?? 0) + use.quantity })
        uses.push(use)
      }
    await putItems(
      table,
      usageItems(teamId, uses).filter(({ sk }) => !isTotal(sk)),
    )
  }
  await putItems(
    table,
    usageItems(teamId, totals.values()).filter(({ sk }) => isTotal(sk)),
  )
}

const isTotal = (sk: unknown) => parseUsageKey(String(sk)).appId === undefined

async function costOf(service: Service, meter: RequestMeter, groupBy: string, apps: number): Promise<Cost> {
  const left = knownSums(groupBy, apps)
  let cost: Cost = { answers: 0, requests: 0, readUnits: 0, bytes: 0, wrong: 0 }
  let cursor: string | undefined
  do {
    let answer: UsageRowsAnswer | undefined
    const query = { from, to, groupBy, ...(cursor && { cursor }) }
    const { requests, readUnits } = await meter.during(async () => {
      answer = (await service.read('getUsage', { teamId }, query)) as UsageRowsAnswer
    })
    const rows: UsageRowsAnswer['rows'] = answer?.rows ?? []
    cursor = answer?.cursor
    cost = {
      answers: cost.answers + 1,
      requests: Math.max(cost.requests, requests),
      readUnits: Math.max(cost.readUnits, readUnits),
      bytes: Math.max(cost.bytes, JSON.stringify(answer).length),
      wrong: cost.wrong + rows.filter((row) => !take(left, nameOf(row), row.quantity)).length,
    }
  } while (cursor !== undefined)
  return { ...cost, wrong: cost.wrong + left.size }
}

/** Removes a known sum. Returns false where it is not the sum, or was taken before. */
function take(left: Map<string, number>, name: string, quantity: number): boolean {
  const known = left.get(name)
  left.delete(name)
  return known === quantity
}

type Names = Readonly<Partial<Record<UsageDimension, string | undefined>>>
const nameOf = ({ day, month, meter, app }: Names) => `${day} ${month} ${meter} ${app}`

/** The sums of a grouping, by the names of their group. */
function knownSums(groupBy: string, apps: number): Map<string, number> {
  const by = groupBy.split(',')
  const meant = (dimension: UsageDimension, name: string) => (by.includes(dimension) ? name : undefined)
  const sums = new Map<string, number>()
  for (let app = 0; app < apps; app++) {
    const ofApp = { meter: meant('meter', meterAt(app)), app: meant('app', appAt(app)) }
    for (const date of dates) {
      const name = nameOf({ day: meant('day', date), month: meant('month', date.slice(0, 7)), ...ofApp })
      sums.set(name, (sums.get(name) ?? 0) + quantityAt(app))
    }
  }
  return sums
}
