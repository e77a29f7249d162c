import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { expect, test } from 'vitest'
import catalog from '../../lambdas/store/catalog-data.json' with { type: 'json' }
import past from '../../samples/teams.json' with { type: 'json' }
import { monthEndAt, monthStartAt, sampleLines } from '../../tools/sample/generator.ts'
import { sampleDefaults, sampleText } from '../../tools/sample/sample.ts'
import type { UsageEvent } from '../../tools/sample/usage-event.ts'

const teamOfApp = new Map<string, string>()
for (const { calls } of past)
  for (const { call, body } of calls) {
    const [, appId] = /^PUT \/v1\/apps\/(.+)$/.exec(call) ?? []
    if (appId !== undefined && 'teamId' in body) teamOfApp.set(appId, String(body.teamId))
  }
const meters = new Set([
  ...catalog.unratedApis.flatMap(({ apis }) => apis),
  ...catalog.rateCards.flatMap((card) => card.meters.map((row) => row.meter)),
])
const sampleFile = new URL(`../../${sampleDefaults.out}`, import.meta.url)
const lines = sampleLines(sampleDefaults)
const good = lines.flatMap((line) => {
  const event = readEvent(line)
  return event ? [event] : []
})
test("the committed sample equals the generator's output", () => {
  const digest = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex')
  expect(digest(readFileSync(sampleFile))).toBe(digest(sampleText(sampleDefaults)))
  expect(statSync(sampleFile).size).toBeLessThan(8_000_000)
})

test('the same seed gives the same lines, and another seed gives others', () => {
  expect(sampleLines({ seed: 7, events: 500 })).toEqual(sampleLines({ seed: 7, events: 500 }))
  expect(sampleLines({ seed: 8, events: 500 })).not.toEqual(sampleLines({ seed: 7, events: 500 }))
})

test.each([1, 2, 999])('a request for %i lines gives exactly that number', (events) => {
  expect(sampleLines({ seed: 1, events })).toHaveLength(events)
})

test('the sample covers a month of all teams but the overdue one, with at least 20,000 events', () => {
  expect(good.length).toBeGreaterThanOrEqual(20_000)
  const covered = new Set(good.map((event) => teamOfApp.get(event.subject)))
  expect(covered.size).toBe(6)
  expect([...new Set(teamOfApp.values())].filter((team) => !covered.has(team))).toEqual(['tanager-civil'])
  expect(new Set(good.map((event) => event.time.slice(0, 10))).size).toBe(31)
})

test('only the first line names the end of the month', () => {
  expect(readEvent(lines[0] ?? '')?.sampleanchor).toBe('2026-11-01T00:00:00Z')
  expect(good.filter((event) => event.sampleanchor !== undefined)).toHaveLength(1)
})

test('some events occur twice, word for word', () => {
  const seen = new Map<string, UsageEvent>()
  let repeated = 0
  for (const event of good.slice(1)) {
    const identity = `${event.source} ${event.id}`
    const earlier = seen.get(identity)
    if (earlier) expect(event).toEqual(earlier)
    if (earlier) repeated += 1
    seen.set(identity, event)
  }
  expect(repeated).toBeGreaterThan(400)
})

test('some events arrive days after others that happened later', () => {
  let [newestAt, late] = [0, 0]
  for (const event of good) {
    const at = Date.parse(event.time)
    if (at < newestAt - 86_400_000) late += 1
    newestAt = Math.max(newestAt, at)
  }
  expect(late).toBeGreaterThan(100)
})

test('work occurs in bursts: dozens of events of one app and meter within two minutes', () => {
  const perMinutes = new Map<string, number>()
  for (const { subject, data, time } of good) {
    const name = `${subject} ${data.meter} ${Math.floor(Date.parse(time) / 120_000)}`
    perMinutes.set(name, (perMinutes.get(name) ?? 0) + 1)
  }
  expect([...perMinutes.values()].filter((events) => events >= 25).length).toBeGreaterThan(20)
})

test('every kind of faulty line occurs, about once in a hundred', () => {
  const faulty = lines.filter((line) => readEvent(line) === undefined)
  expect(faulty.length).toBeGreaterThan(100)
  expect(faulty.length).toBeLessThan(500)
  const shows = (pattern: RegExp) => faulty.some((line) => pattern.test(line))
  expect(shows(/"retired-app"/)).toBe(true)
  expect(shows(/"automation-autocat"/)).toBe(true)
  expect(shows(/"quantity":(0|-\d+|0\.5|"60")}/)).toBe(true)
  expect(shows(/"time":"yesterday"/)).toBe(true)
  expect(shows(/"time":"2026-0[78]/)).toBe(true)
  expect(shows(/"time":"2026-1[12]/)).toBe(true)
  expect(shows(/[^}]$/)).toBe(true)
})

/** The event of a valid line. */
function readEvent(line: string): UsageEvent | undefined {
  const event = parsed(line)
  if (event === undefined || !teamOfApp.has(event.subject) || !meters.has(event.data.meter)) return undefined
  if (!Number.isInteger(event.data.quantity) || event.data.quantity < 1) return undefined
  const at = Date.parse(event.time)
  return at >= monthStartAt && at < monthEndAt ? event : undefined
}

function parsed(line: string): UsageEvent | undefined {
  try {
    return JSON.parse(line) as UsageEvent
  } catch {
    return undefined
  }
}
