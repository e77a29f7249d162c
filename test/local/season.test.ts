import { describe, expect, test } from 'vitest'
import { dayMs, secondMs } from '../../core/time/time.ts'
import type { Calls } from '../../tools/season/api.ts'
import {
  deadlineAt,
  firstDeadlineAt,
  launchAt,
  moments,
  movedAt,
  phaseAt,
  remindAt,
  seasonTo,
} from '../../tools/season/dates.ts'
import { Player } from '../../tools/season/player.ts'
import { seasonTable } from '../../tools/season/table.ts'
import { Tally } from '../../tools/season/tally.ts'
import { kinds, seasonTeams } from '../../tools/season/teams.ts'

describe('a player', () => {
  const answering = (decision: string, code?: string): Calls => ({
    call: async () => ({ status: 200, body: { decision, refusal: code && { code } } }),
  })
  const brokenBy = async (api: Calls, at: number): Promise<string[]> => {
    const broken: string[] = []
    const [team] = seasonTeams(10, 1).slice(9)
    if (team === undefined) throw new Error('there are ten teams')
    const stage = { api, tally: new Tally(), broken: (line: string) => void broken.push(line) }
    await new Player({ ...team, apps: ['app-1'] }, stage).askWithAll(at)
    return broken
  }

  test('notices an app that stops before the deadline', async () => {
    const api = answering('deny', 'NO_PLAN')
    expect(await brokenBy(api, deadlineAt - secondMs)).toEqual([
      'app-1 at 2026-02-18T23:59:59Z: NO_PLAN, and it must not stop',
    ])
  })

  test('notices an app that continues after the deadline without complying', async () => {
    expect(await brokenBy(answering('allow'), deadlineAt)).toEqual([
      'app-1 at 2026-02-19T00:00:00Z: allowed, and it must stop',
    ])
  })

  test('accepts answers that match the announcement, and refusals of other kinds', async () => {
    expect(await brokenBy(answering('deny', 'APP_NOT_IN_HUB'), deadlineAt)).toEqual([])
    expect(await brokenBy(answering('deny', 'TEAM_SUSPENDED'), deadlineAt - secondMs)).toEqual([])
  })
})

describe('the calendar', () => {
  const stops = moments()

  test('moves forward, one step at a time, to the end of February', () => {
    expect(stops.every(({ at }, index) => index === 0 || at > (stops[index - 1]?.at ?? 0))).toBe(true)
    expect(stops.at(-1)?.at).toBe(seasonTo)
  })

  test.each([
    ['the launch', launchAt],
    ['the first deadline', firstDeadlineAt],
    ['the deadline', deadlineAt],
    ['a month', Date.parse('2026-01-01T00:00:00Z')],
    ['a bill', Date.parse('2026-01-03T00:00:00Z')],
  ])('stops on both sides of %s, also when days are skipped', (_, edge) => {
    const instants = moments(8).map(({ at }) => at)
    expect(instants).toEqual(expect.arrayContaining([edge - secondMs, edge, edge + secondMs, movedAt]))
  })

  test('starts each phase exactly at its instant', () => {
    expect([launchAt - 1, launchAt, firstDeadlineAt - 14 * dayMs, movedAt, deadlineAt].map(phaseAt)).toEqual([
      0, 1, 2, 3, 4,
    ])
    expect(phaseAt(Date.parse('2024-11-20T12:00:00Z'))).toBe(0)
  })

  test('reminds 14, 7, 3 and 1 days before the moved deadline', () => {
    expect(remindAt.map((at) => new Date(at).toISOString().slice(0, 10))).toEqual([
      '2026-02-05',
      '2026-02-12',
      '2026-02-16',
      '2026-02-18',
    ])
  })
})

describe('the teams', () => {
  const scripts = (count: number, seed: number) =>
    seasonTeams(count, seed).map(({ random, ...rest }) => ({ ...rest, next: random.hex() }))

  test('are the same for the same seed, for any number of teams', () => {
    expect(scripts(12, 7)).toEqual(scripts(200, 7).slice(0, 12))
    expect(scripts(12, 8)).not.toEqual(scripts(12, 7))
  })

  test('begin with one of each kind', () => {
    expect(scripts(12, 7).map(({ kind }) => kind)).toEqual(kinds.map(({ name }) => name))
  })
})

test('the table has a column for each phase and one for the season', () => {
  const tally = new Tally()
  tally.add('allowed', launchAt, 1_200)
  tally.add('NO_PLAN', deadlineAt, 3)
  tally.add('tokens spent', deadlineAt, 1_500)
  tally.add('invoiced', movedAt, 123_450)
  const lines = seasonTable(tally).split('\n')
  const row = (label: string) =>
    lines
      .find((line) => line.startsWith(label))
      ?.split(/\s{2,}/)
      .slice(1)
  expect(row('from')).toEqual(['1 Nov', '8 Dec', '3 Jan', '10 Jan', '19 Feb', 'to 28 Feb'])
  expect(row('calls allowed')).toEqual(['–', '1,200', '–', '–', '–', '1,200'])
  expect(row('refused NO_PLAN')).toEqual(['–', '–', '–', '–', '3', '3'])
  expect(row('tokens spent')).toEqual(['–', '–', '–', '–', '1.5', '1.5'])
  expect(row('invoiced, USD')).toEqual(['–', '–', '–', '1,234.50', '–', '1,234.50'])
  expect(row('refused TOKENS_EXHAUSTED')).toBeUndefined()
})
