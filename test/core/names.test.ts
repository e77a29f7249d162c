import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyAccount } from '../../core/account/account.ts'
import { type Catalog, type Rate, ratesAt } from '../../core/catalog/catalog.ts'
import {
  endAfter,
  isRatedFrom,
  metersInsteadOf,
  type NameStatus,
  namesEndedBy,
  statusAt,
} from '../../core/catalog/names.ts'
import { completeCard } from '../../core/catalog/publish-rate-card.ts'
import { askAt } from '../../core/funding/ask.ts'
import { launchCatalog } from '../support/launch-catalog.ts'
import { propertyRuns } from '../support/property-runs.ts'

const rate = (meter: string, api: string, ended = false): Rate => ({
  meter,
  api,
  baseUnit: 'MB',
  unitSize: 10,
  milliTokensPerUnit: 1_000,
  usdCentsPerUnit: 300,
  freePerPeriod: 0,
  ...(ended && { ended }),
})
const card = (effectiveAt: number, ...meters: readonly Rate[]) => ({
  version: `${effectiveAt}`,
  effectiveAt,
  meters,
})
const list = (effectiveAt: number, ...apis: readonly string[]) => ({
  version: `${effectiveAt}`,
  effectiveAt,
  apis,
})
const catalogOf = (changes: Partial<Catalog>): Catalog => ({
  ...launchCatalog,
  rateCards: [],
  unratedApis: [],
  ...changes,
})

/** The data model API is unrated until a card rates it at 200; its first meter ends at 300. */
const moving = catalogOf({
  unratedApis: [list(0, 'data-model', 'viewer')],
  rateCards: [
    card(100, rate('jobs', 'derivative')),
    card(200, rate('data-out', 'data-model'), rate('data-in', 'data-model')),
    card(300, rate('data-in', 'data-model', true)),
  ],
})

describe('the status of a name', () => {
  const at = (instants: readonly number[], name: string) => instants.map((now) => statusAt(moving, name, now))

  test('for an API ends at the instant of the card that rates it', () => {
    expect(at([0, 199, 200, 300], 'data-model')).toEqual(['unrated', 'unrated', 'ended', 'ended'])
    expect(at([0, 300], 'viewer')).toEqual(['unrated', 'unrated'])
  })

  test('for a meter is coming, rated, and ended', () => {
    expect(at([0, 199, 200, 299, 300], 'data-in')).toEqual(['coming', 'coming', 'rated', 'rated', 'ended'])
    expect(at([0, 200], 'nobody')).toEqual(['unknown', 'unknown'])
    expect(at([100], 'derivative')).toEqual(['unknown'])
  })

  test('ends where a new list leaves the API out', () => {
    const shorter = catalogOf({ unratedApis: [list(0, 'viewer', 'issues'), list(50, 'issues')] })
    const statuses = [49, 50].flatMap((now) => [
      statusAt(shorter, 'viewer', now),
      statusAt(shorter, 'issues', now),
    ])
    expect(statuses).toEqual(['unrated', 'unrated', 'ended', 'unrated'])
  })

  test('knows its end ahead, and the meters to use then', () => {
    expect(endAfter(moving, 'data-model', 0)).toBe(200)
    expect(endAfter(moving, 'data-in', 0)).toBe(300)
    expect(endAfter(moving, 'data-out', 0)).toBeUndefined()
    expect(metersInsteadOf(moving, 'data-model', 200)).toEqual(['data-out', 'data-in'])
    expect(metersInsteadOf(moving, 'data-model', 300)).toEqual(['data-out'])
    expect(metersInsteadOf(moving, 'data-in', 300)).toEqual(['data-out'])
    expect(ratesAt(moving, 300).map(({ meter }) => meter)).toEqual(['jobs', 'data-out'])
  })

  test('is named by the card that ends it, before and after it is published', () => {
    const next = card(400, rate('streams', 'viewer'), rate('jobs', 'derivative'))
    expect(namesEndedBy(moving, next)).toEqual(['viewer'])
    expect(namesEndedBy({ ...moving, rateCards: [...moving.rateCards, next] }, next)).toEqual(['viewer'])
    expect(namesEndedBy(moving, card(400, rate('more', 'data-model')))).toEqual([])
  })

  test('cannot be unrated for what is rated by then or later', () => {
    const rated = ['data-model', 'data-in', 'viewer', 'derivative', 'nobody'].map((name) =>
      isRatedFrom(moving, name, 50),
    )
    expect(rated).toEqual([true, true, false, true, false])
  })
})

describe('a row that only ends its meter', () => {
  test('takes over the rates of the row in force', () => {
    const asked = { version: 'x', effectiveAt: 250, meters: [{ meter: 'data-in', ended: true } as const] }
    const complete = {
      ...asked,
      meters: [{ ...rate('data-in', 'data-model', true), freeLimitStops: 'meter' }],
    }
    expect(completeCard(moving, asked)).toEqual(complete)
  })

  test('is refused where the meter has no rate by then', () => {
    const early = {
      version: 'x',
      effectiveAt: 199,
      meters: [rate('jobs', 'derivative'), { meter: 'data-in', ended: true } as const],
    }
    expect(completeCard(moving, early)).toEqual({ unrated: 1 })
  })
})

describe('random catalogs', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'x', 'y')
  const when = fc.integer({ min: 1, max: 9 })
  const row = fc
    .record({ meter: name, api: name, ended: fc.boolean() })
    .map((r) => rate(r.meter, r.api, r.ended))
  const cards = fc.array(
    fc.tuple(when, fc.uniqueArray(row, { maxLength: 3, selector: ({ meter }) => meter })),
    { maxLength: 5 },
  )
  const lists = fc.array(fc.tuple(when, fc.uniqueArray(name, { maxLength: 3 })), { maxLength: 4 })
  const byDate = <V extends { effectiveAt: number }>(versions: readonly V[]) =>
    versions.toSorted((a, b) => a.effectiveAt - b.effectiveAt)
  const catalogs = fc.tuple(cards, lists).map(([someCards, someLists]) =>
    catalogOf({
      rateCards: byDate(someCards.map(([at, meters]) => card(at, ...meters))),
      unratedApis: byDate(someLists.map(([at, apis]) => list(at, ...apis))),
    }),
  )

  test('give every name one status at every instant, and a name that ended as an API never is unrated again', () => {
    fc.assert(
      fc.property(catalogs, name, (catalog, subject) => {
        const statuses = Array.from({ length: 11 }, (_, now) => statusAt(catalog, subject, now))
        for (const [now, status] of statuses.entries()) {
          const isRated = ratesAt(catalog, now).some(({ meter }) => meter === subject)
          expect(status === 'rated').toBe(isRated)
          const ratedBy = catalog.rateCards.some(
            ({ effectiveAt, meters }) =>
              effectiveAt <= now && meters.some(({ api, ended }) => api === subject && ended !== true),
          )
          if (ratedBy) expect(status).not.toBe('unrated' satisfies NameStatus)
          const next = statuses.findIndex((other, at) => at > now && other === 'ended')
          // Instants are whole numbers here, so the first one that is ended has the version that ends the name.
          if (status !== 'ended') expect(endAfter(catalog, subject, now)).toBe(next < 0 ? undefined : next)
        }
      }),
      propertyRuns(1_000),
    )
  })
})

test('a hold ends with its meter, on the full minute, but no sooner than the next one', () => {
  const end = Date.parse('2027-03-10T12:00:30Z')
  const first = rate('automation-autocad', 'automation')
  const catalog = catalogOf({ rateCards: [card(0, first), card(end, { ...first, ended: true })] })
  const app = { appId: 'app', teamId: 'acme', name: 'app', isInHub: true }
  const use = { appId: 'app', meter: 'automation-autocad', quantity: 1, holdSeconds: 3_600 }
  const endAt = (now: string) =>
    new Date(askAt(emptyAccount('acme'), use, { app, now: Date.parse(now), catalog }).expiresAt).toISOString()
  expect(endAt('2027-03-10T10:59:00Z')).toBe('2027-03-10T11:59:00.000Z')
  expect(endAt('2027-03-10T11:30:00Z')).toBe('2027-03-10T12:00:00.000Z')
  expect(endAt('2027-03-10T12:00:10Z')).toBe('2027-03-10T12:01:00.000Z')
})
