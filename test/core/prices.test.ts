import { describe, expect, test } from 'vitest'
import { JournalAudit } from '../../audit/journal.ts'
import { nextDueAt } from '../../core/advance.ts'
import type { Catalog } from '../../core/catalog/catalog.ts'
import { dayMs } from '../../core/time/time.ts'
import { launchCatalog } from '../support/launch-catalog.ts'
import { World } from '../support/world.ts'

const autocad = 'automation-autocad'
const unit = 720

/** AutoCAD costs 300 cents a unit until the 10th of February 2027, and 900 from then on. */
const dearer: Catalog = {
  ...launchCatalog,
  rateCards: [
    ...launchCatalog.rateCards,
    {
      version: 'dearer',
      effectiveAt: Date.parse('2027-02-10T00:00:00Z'),
      meters: (launchCatalog.rateCards[0]?.meters ?? [])
        .filter(({ meter }) => meter === autocad)
        .map((rate) => ({ ...rate, usdCentsPerUnit: 900 })),
    },
  ],
}

/** One unit at the first price, then two at the second one. */
function newWorld() {
  const world = new World('2027-02-05T00:00:00Z', dearer)
  world.plan({ plan: 'paid', payAsYouGo: true })
  world.use(autocad, unit)
  const early = world.entries.at(-1)
  world.pass(7 * dayMs)
  world.use(autocad, 2 * unit)
  return { world, early, late: world.entries.at(-1) }
}

const lineOf = (units: number, unitPriceUsdCents: number, lateUnits = 0) => {
  return { meter: autocad, units, unitPriceUsdCents, usdCents: units * unitPriceUsdCents, lateUnits }
}

/** The lines of the invoices, and the differences that an audit finds. */
function closed(world: World) {
  world.pass(30 * dayMs)
  const audit = new JournalAudit('acme')
  expect(world.entries.flatMap((entry) => audit.add(entry))).toEqual([])
  expect(audit.check(world.account, nextDueAt(world.account))).toEqual([])
  return world.entries.flatMap((entry) => (entry.kind === 'period-closed' ? [entry.lines] : []))
}

describe('a price that changes within a month', () => {
  test('makes two lines, each with its own price', () => {
    expect(closed(newWorld().world)).toEqual([[lineOf(1, 300), lineOf(2, 900)]])
  })

  test('keeps late units with the price at which they were used', () => {
    const { world } = newWorld()
    world.pass(20 * dayMs)
    world.use(autocad, unit)
    world.use(autocad, unit, 26 * dayMs)
    expect(closed(world)).toEqual([
      [lineOf(1, 300), lineOf(2, 900)],
      [lineOf(1, 300, 1), lineOf(1, 900)],
    ])
  })

  test('leaves the line of the other price alone when use is taken back within the month', () => {
    const { world, early } = newWorld()
    world.reverse(early)
    expect(world.account.meters[autocad]?.current).toEqual({
      free: 0,
      units: 2,
      usdCents: 1_800,
      lateUnits: 0,
    })
    expect(closed(world)).toEqual([[lineOf(2, 900)]])
  })

  test('makes one credit note for each line that is taken back after the bill is closed', () => {
    const { world, early, late } = newWorld()
    closed(world)
    world.reverse(late)
    world.reverse(early)
    const notes = world.entries.flatMap((entry) => (entry.kind === 'reversal' ? entry.creditNotes : []))
    const head = { teamVersion: 1, country: 'US', currency: 'USD', period: '2027-02', meter: autocad }
    expect(notes).toEqual([
      { ...head, number: 2, units: 2, usdCents: 1_800, dueUsdCents: 1_800 },
      { ...head, number: 3, units: 1, usdCents: 300, dueUsdCents: 300 },
    ])
    expect(world.account).toMatchObject({ documents: 3, dues: [] })
  })

  test('splits the credit for one operation by price, and never gives more than is due', () => {
    const world = new World('2027-02-09T23:00:00Z', dearer)
    world.plan({ plan: 'paid', payAsYouGo: true })
    const asked = world.ask(autocad, 2 * unit, 7_200)
    if (!('id' in asked)) throw new Error(asked.code)
    world.capture(asked.id, unit)
    world.pass(90 * 60 * 1_000)
    world.capture(asked.id, 2 * unit)
    const capture = world.entries.at(-1)
    expect(closed(world)).toEqual([[lineOf(1, 300), lineOf(1, 900)]])
    const due = { usdCents: 1_000, dueId: 'invoice:2027-02', steps: 0 }
    world.account = { ...world.account, dues: [due] }
    world.reverse(capture)
    const reversal = world.entries.at(-1)
    expect(reversal).toMatchObject({
      creditNotes: [
        { number: 2, usdCents: 300, dueUsdCents: 300 },
        { number: 3, usdCents: 900, dueUsdCents: 700 },
      ],
      creditUsdCents: 200,
    })
    expect(world.account.dues).toEqual([])
  })
})
