import { beforeAll, describe, expect, test } from 'vitest'
import { runSeason, type Season } from '../../../tools/season/run.ts'
import { seasonTable } from '../../../tools/season/table.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

describe('a small season', () => {
  let first: Season
  let second: Season
  beforeAll(async () => {
    const play = () => runSeason({ teams: 12, seed: 4, dayStep: 8, dataDir: temporaryFolder() })
    const both = await Promise.all([play(), play()])
    first = both[0]
    second = both[1]
  })

  test('does what was announced, and its audit is clean', () => {
    expect(first.broken).toEqual([])
    expect(first.audited).toMatchObject({ accounts: 12, differences: 0 })
  })

  test('gives the same table for the same seed, byte for byte', () => {
    expect(seasonTable(second.tally)).toBe(seasonTable(first.tally))
    expect(second.audited).toEqual(first.audited)
  })

  test('refuses nobody for not complying before the deadline, also not on the one that was moved', () => {
    for (const code of ['APP_NOT_IN_HUB', 'NO_PLAN']) {
      const [beforeTheDeadline, after] = [first.tally.of(code).slice(0, 4), first.tally.of(code)[4]]
      expect(beforeTheDeadline).toEqual([0, 0, 0, 0])
      expect(after).toBeGreaterThan(0)
    }
  })

  test('stops the apps that teams are notified of, and lets back those that comply', () => {
    const stopped = first.tally.of('apps stopped')
    expect(stopped[4]).toBeGreaterThan(0)
    expect(first.tally.of('apps in notices: stopped')).toEqual(stopped)
    expect(first.tally.total('apps back')).toBeGreaterThan(0)
    expect(first.tally.total('apps back')).toBeLessThan(first.tally.total('apps stopped'))
  })

  test('reminds on the dates of both deadlines', () => {
    expect(first.tally.of('teams notified: announced')).toEqual([0, expect.any(Number), 0, 0, 0])
    const [, , lastWeeks, moved, after] = first.tally.of('teams notified: reminded')
    expect(lastWeeks).toBeGreaterThan(0)
    expect(moved).toBeGreaterThan(0)
    expect(after).toBe(0)
  })

  test.each(['tokens sold', 'tokens spent', 'tokens expired', 'invoiced', 'bills overdue', 'teams resumed'])(
    'has %s',
    (row) => expect(first.tally.total(row)).toBeGreaterThan(0),
  )
})
