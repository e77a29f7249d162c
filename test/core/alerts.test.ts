import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Alert,
  applyNote,
  replaceAlerts,
  type TeamAlerts,
  type WatchedAlert,
  watchedPeriods,
} from '../../core/alerts/alert.ts'
import { checkAlerts, type WatchedCost } from '../../core/commands/check-alerts.ts'
import { eventsOf } from '../../core/events/events-of.ts'
import type { Entry, EntryOf } from '../../core/journal/entry.ts'
import { dayMs, hourMs } from '../../core/time/time.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { World } from '../support/world.ts'

const meter = 'automation-autocad'
const unit = 720

/** A team with alerts, and a ledger of costs that shares no code with the usage view. */
class Watched {
  readonly world: World
  alerts: readonly WatchedAlert[] = []
  revision = 0
  daysLeft = 0

  constructor(start = '2026-02-20T10:00:00Z') {
    this.world = new World(start)
    this.world.plan({ plan: 'paid', payAsYouGo: true })
  }

  set(...alerts: readonly Alert[]): void {
    this.alerts = replaceAlerts(this.alerts, alerts, this.world.now)
    this.revision += 1
  }

  costs(): readonly WatchedCost[] {
    const periods = new Set(this.alerts.flatMap((alert) => watchedPeriods(alert, this.world.now)))
    return [...periods].flatMap((period) => [this.cost(period), { ...this.cost(period), appId: 'app' }])
  }

  cost(period: string) {
    const rows = this.world.entries.flatMap(chargedIn).filter(({ month }) => month === period)
    const milliTokens = rows.reduce((sum, { tokens }) => sum + tokens, 0)
    const usdCents = rows.reduce((sum, { cents }) => sum + cents, 0)
    return { period, milliTokens, usdCents }
  }

  /** Decides a check without storing it, as if it were killed before its commit. */
  decide() {
    const { account, context } = this.world
    const watched: TeamAlerts = { teamId: 'acme', revision: this.revision, alerts: this.alerts }
    return checkAlerts(
      account,
      { kind: 'check-alerts' },
      { ...context, watched, costs: this.costs(), daysLeft: this.daysLeft },
    )
  }

  /** Checks and stores the notes with the state. Returns them. */
  check(): readonly EntryOf<'alert-noted'>[] {
    const { entries, account } = this.decide()
    const notes = notesIn(entries)
    this.world.entries.push(...entries)
    this.world.account = account
    for (const note of notes) this.alerts = applyNote(this.alerts, note, note.at)
    return notes
  }

  /** The directions of the notes of a check: `+` for reached, `-` for back under, and the figure. */
  signs(): readonly string[] {
    return this.check().map(({ isReached, value }) => `${isReached ? '+' : '-'}${value}`)
  }
}

function notesIn(entries: readonly Entry[]): readonly EntryOf<'alert-noted'>[] {
  return entries.flatMap((entry) => (entry.kind === 'alert-noted' ? [entry] : []))
}

/** Charges of the use that an entry books or takes back, by the month of its day. */
function chargedIn(entry: Entry) {
  const rows = (day: string, sign: number, charges: EntryOf<'usage'>['usage']['charges']) =>
    charges.map((charge) => ({
      month: day.slice(0, 7),
      tokens: charge.source === 'flex' ? sign * charge.milliTokens : 0,
      cents: charge.source === 'pay-as-you-go' ? sign * charge.usdCents : 0,
    }))
  if (entry.kind === 'usage') return rows(new Date(entry.time).toISOString(), 1, entry.usage.charges)
  if (entry.kind !== 'reversal') return []
  return [
    ...entry.uses.flatMap(({ day, usage }) => rows(day, -1, usage.charges)),
    ...entry.alsoReturned.flatMap(({ day, usage }) => rows(day, -1, usage.charges)),
    ...entry.kept.flatMap(({ day, usage }) => rows(day, 1, usage.charges)),
  ]
}

const usd = (threshold: number): Alert => ({ alertId: 'usd', measure: 'cost-usd-cents', threshold })
const left = (threshold: number): Alert => ({ alertId: 'left', measure: 'tokens-left', threshold })

describe('an alert on a cost', () => {
  test('notes once that the month has reached it, and once that it is back under', () => {
    const team = new Watched()
    team.set(usd(300))
    expect(team.signs()).toEqual([])
    team.world.use(meter, unit)
    const used = team.world.entries.at(-1)
    const cents = team.cost('2026-02').usdCents
    expect(cents).toBeGreaterThanOrEqual(300)
    expect(team.signs()).toEqual([`+${cents}`])
    team.world.use(meter, unit)
    expect(team.signs()).toEqual([])
    team.world.reverse(used)
    team.world.reverse(team.world.entries.findLast((entry) => entry.kind === 'usage'))
    expect(team.signs()).toEqual(['-0'])
  })

  test('is silent when a month begins, and notes the next month by itself', () => {
    const team = new Watched()
    team.set(usd(300))
    team.world.use(meter, unit)
    expect(team.signs()).toHaveLength(1)
    team.world.pass(9 * dayMs)
    expect(team.signs()).toEqual([])
    team.world.use(meter, unit)
    const [note] = team.check()
    expect(note).toMatchObject({ isReached: true, period: '2026-03', at: team.world.now })
  })

  test('notes the last month while its bill is open, and not afterwards', () => {
    const team = new Watched('2026-02-28T23:00:00Z')
    team.set(usd(300))
    team.world.pass(hourMs * 25)
    team.world.use(meter, unit, hourMs * 25)
    expect(team.check()).toMatchObject([{ isReached: true, period: '2026-02' }])
    const late = new Watched('2026-02-28T23:00:00Z')
    late.set(usd(300))
    late.world.pass(hourMs * 49)
    late.world.use(meter, unit, hourMs * 49)
    expect(late.check()).toEqual([])
  })

  test('does not look back at a month before it was set', () => {
    const team = new Watched('2026-02-28T23:00:00Z')
    team.world.use(meter, unit)
    team.world.pass(hourMs * 2)
    team.set(usd(300))
    expect(team.check()).toEqual([])
  })

  test('is back under when its threshold is raised, and starts again for another figure', () => {
    const team = new Watched()
    team.set(usd(1))
    team.world.use(meter, unit)
    expect(team.signs()).toHaveLength(1)
    team.set(usd(1))
    expect(team.signs()).toEqual([])
    team.set(usd(100_000))
    expect(team.check()).toMatchObject([{ isReached: false, threshold: 100_000 }])
    team.set({ ...usd(1), appId: 'app' })
    expect(team.check()).toMatchObject([{ isReached: true, appId: 'app' }])
  })
})

test('an alert on tokens left notes their fall once, in whichever month, and the purchase that ends it', () => {
  const team = new Watched()
  team.world.buy(10)
  team.set(left(9_500))
  expect(team.signs()).toEqual([])
  team.world.use(meter, unit)
  expect(team.signs()).toHaveLength(1)
  team.world.pass(40 * dayMs)
  expect(team.signs()).toEqual([])
  team.world.buy(100)
  expect(team.check()).toMatchObject([{ isReached: false, period: '2026-04' }])
})

test('an alert on days left ends only when tokens last three days longer than its threshold', () => {
  const team = new Watched()
  team.set({ alertId: 'days', measure: 'days-left', threshold: 10 })
  const signs = [11, 10, 11, 9, 13, 14, 12, 10].map((days) => {
    team.daysLeft = days
    return team.signs().join()
  })
  expect(signs).toEqual(['', '+10', '', '', '', '-14', '', '+10'])
})

test('an app counts alone, and a cost that is not known is not compared', () => {
  const team = new Watched()
  team.set({ ...usd(1), appId: 'other' })
  team.world.use(meter, unit)
  expect(team.check()).toEqual([])
})

test('a crossing is published as one event', () => {
  const team = new Watched()
  team.set(usd(1))
  team.world.use(meter, unit)
  const before = team.world.account
  const [note] = team.check()
  if (note === undefined) throw new Error('nothing was noted')
  const { teamId, version, at, value, period } = note
  const crossed = { alertId: 'usd', measure: 'cost-usd-cents', threshold: 1, value, period }
  expect(eventsOf(before, team.world.account, note, team.world.catalog)).toEqual([
    { eventId: `${teamId}.${version}.0`, teamId, at, type: 'AlertReached', ...crossed },
  ])
})

const step = fc.oneof(
  fc.record({ do: fc.constant('use' as const), units: fc.nat(3), age: fc.constantFrom(0, 0, dayMs) }),
  fc.record({ do: fc.constant('reverse' as const), which: fc.nat(9) }),
  fc.record({ do: fc.constant('buy' as const), tokens: fc.integer({ min: 1, max: 5 }) }),
  fc.record({
    do: fc.constant('pass' as const),
    ms: fc.constantFrom(1, hourMs, dayMs, 12 * dayMs, 40 * dayMs),
  }),
  fc.record({
    do: fc.constant('set' as const),
    thresholds: fc.array(fc.integer({ min: 1, max: 1_500 }), { maxLength: 3 }),
  }),
  fc.record({ do: fc.constant('kill' as const) }),
  fc.record({ do: fc.constant('check' as const) }),
  fc.record({ do: fc.constant('check' as const) }),
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

function take(team: Watched, taken: Step): void {
  const { world } = team
  if (taken.do === 'use') world.use(meter, taken.units * unit + 1, taken.age)
  else if (taken.do === 'buy') world.buy(taken.tokens)
  else if (taken.do === 'pass') world.pass(taken.ms)
  else if (taken.do === 'kill') team.decide()
  else if (taken.do === 'check') team.check()
  else if (taken.do === 'reverse') {
    const uses = world.entries.filter((entry) => entry.kind === 'usage')
    const found = uses[taken.which % Math.max(1, uses.length)]
    if (found !== undefined) world.reverse(found)
  } else
    team.set(
      ...taken.thresholds.flatMap((threshold, index): readonly Alert[] => [
        { alertId: `usd-${index}`, measure: 'cost-usd-cents', threshold },
        { alertId: `tokens-${index}`, appId: 'app', measure: 'cost-tokens', threshold: threshold * 5 },
        { alertId: `left-${index}`, measure: 'tokens-left', threshold: threshold * 5 },
      ]),
    )
}

test('notes of one alert alternate in every story, and the last one agrees with the figure', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 50 }), (story) => {
      const team = new Watched('2026-02-24T10:00:00Z')
      const lives = new Map<string, number>()
      const series = new Map<string, boolean[]>()
      for (const [index, taken] of story.entries()) {
        const from = team.world.entries.length
        const known = team.alerts.map(({ alertId }) => alertId)
        take(team, taken)
        // An alert that was removed and set again is another one.
        for (const alertId of known.filter((id) => !team.alerts.some((alert) => alert.alertId === id)))
          lives.set(alertId, index)
        for (const note of notesIn(team.world.entries.slice(from))) {
          const month = note.measure === 'tokens-left' ? '' : note.period
          const name = `${note.alertId}|${lives.get(note.alertId) ?? ''}|${month}`
          series.set(name, [...(series.get(name) ?? []), note.isReached])
        }
      }
      team.check()
      expect(team.check()).toEqual([])
      for (const notes of series.values()) expect(notes).toEqual(notes.map((_, index) => index % 2 === 0))
      for (const alert of team.alerts) {
        const period = new Date(team.world.now).toISOString().slice(0, 7)
        const { milliTokens, usdCents } = team.cost(period)
        const left = team.world.account.lots.reduce((sum, { remaining }) => sum + remaining, 0)
        const isReached: boolean | undefined = {
          'cost-usd-cents': usdCents >= alert.threshold,
          'cost-tokens': milliTokens >= alert.threshold,
          'tokens-left': left <= alert.threshold,
          'days-left': undefined,
        }[alert.measure]
        const state = alert.reached.filter((row) => alert.measure === 'tokens-left' || row.period === period)
        expect([alert.alertId, state.length > 0]).toEqual([alert.alertId, isReached])
      }
    }),
    propertyRuns(150),
  )
})
