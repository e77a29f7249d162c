import { expect, test } from 'vitest'
import { type Catalog, rateAt } from '../../core/catalog/catalog.ts'
import { bookedDay } from '../../core/journal/statement.ts'
import { minuteMs } from '../../core/time/time.ts'
import { launchCatalog } from '../support/launch-catalog.ts'
import { World } from '../support/world.ts'

const meter = 'automation-autocad'
const lastMinute = '2027-06-30T23:58:00Z'
const ahead = -4 * minuteMs

const usageOf = (world: World) => {
  const entry = world.entries.findLast(({ kind }) => kind === 'usage')
  if (entry?.kind !== 'usage') throw new Error('no usage')
  return entry
}

test('an event whose time is ahead of the clock counts in the month and on the day of the clock', () => {
  const world = new World(lastMinute)
  world.plan({ plan: 'free', payAsYouGo: false })
  world.use(meter, 720, ahead)
  const entry = usageOf(world)
  expect([entry.usage.period, bookedDay(entry), entry.isLate]).toEqual(['2027-06', '2027-06-30', false])
  expect(entry.time).toBe(Date.parse('2027-07-01T00:02:00Z'))
})

test('an event whose time is ahead is charged at the rates, and on the plan, of the clock', () => {
  const effectiveAt = Date.parse('2027-07-01T00:00:00Z')
  const rate = rateAt(launchCatalog, meter, effectiveAt)
  if (rate === undefined) throw new Error('no rate')
  const dearer = { version: 'dearer', effectiveAt, meters: [{ ...rate, milliTokensPerUnit: 9_000 }] }
  const catalog: Catalog = { ...launchCatalog, rateCards: [...launchCatalog.rateCards, dearer] }
  const world = new World(lastMinute, catalog)
  world.plan({ plan: 'paid', payAsYouGo: false })
  world.buy(100)
  world.plan({ plan: 'free', payAsYouGo: false })
  expect(world.use(meter, 720, ahead)).toMatchObject([{ source: 'flex', units: 1, milliTokens: 1_000 }])
})

test('overrun is a matter of the event’s own meter, whatever stops the rest of its API', () => {
  const world = new World(lastMinute)
  world.plan({ plan: 'free', payAsYouGo: false })
  world.use('model-derivative-complex-job', 21)
  expect(usageOf(world).isOverrun).toBe(true)
  world.use('model-derivative-simple-job', 1)
  expect(usageOf(world).isOverrun).toBe(false)
})
