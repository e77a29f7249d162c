import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { Season } from '../../workflow/season-of-teams.ts'

const dataDir = temporaryFolder()
let season: Season
const names = Array.from({ length: 120 }, (_, index) => `t${String(index).padStart(3, '0')}`)
/** Every team has one app; one in ten has three. */
const appsOf = (team: string) => (team.endsWith('0') ? 3 : 1)
const early = names.slice(0, 40)
const afterReminder = names.slice(40, 70)
const never = names.slice(70)
const [secondBefore = '', late = ''] = never.slice(-2)
const apps = (teams: readonly string[]) => teams.reduce((sum, team) => sum + appsOf(team), 0)

const campaign = (deadlineAt: string, remindAt: string[]) =>
  season.call('ops', 'PUT /v1/campaigns/aps-2025', { opensAt: '2025-12-08T00:00:00Z', deadlineAt, remindAt })
const reminders = ['2025-12-22T00:00:00Z', '2026-01-05T00:00:00Z', '2026-01-12T00:00:00Z']
const inTurn = async (teams: readonly string[], act: (team: string) => Promise<unknown>) => {
  for (let start = 0; start < teams.length; start += 8)
    await Promise.all(teams.slice(start, start + 8).map(act))
}
const comply = (teams: readonly string[]) => inTurn(teams, (team) => season.comply(team, appsOf(team)))
const told = async (team: string) =>
  (await season.noticesTo(team)).map(({ notice, scheduledAt }) => `${notice} ${scheduledAt.slice(0, 10)}`)
const stepOf = async (notice: string, day: string) => {
  const { steps } = await season.progress()
  return steps.find(
    (step: { notice: string; scheduledAt: string }) =>
      step.notice === notice && step.scheduledAt.startsWith(day),
  )
}

beforeAll(async () => {
  season = await Season.start('2025-12-01T00:00:00Z', dataDir)
  await inTurn(names, (team) => season.addTeam(team, appsOf(team)))
  await campaign('2026-01-17T00:00:00Z', reminders)
  await comply(early)
})
afterAll(() => season.stop())

test('nobody is notified before the opening', async () => {
  await season.moveClock('2025-12-07T23:59:59Z')
  expect(await told('t119')).toEqual([])
  expect(await stepOf('announced', '2025-12-08')).toMatchObject({ status: 'coming' })
})

test('at the opening exactly the teams that do not comply are notified', async () => {
  await season.moveClock('2025-12-08T00:00:00Z')
  const open = [...afterReminder, ...never]
  expect(await stepOf('announced', '2025-12-08')).toMatchObject({
    status: 'done',
    teams: open.length,
    apps: apps(open),
  })
  expect(await told('t000')).toEqual([])
  expect(await told('t119')).toEqual(['announced 2025-12-08'])
})

test('a reminder reaches those who do not comply at that moment', async () => {
  await season.moveClock('2025-12-22T00:00:00Z')
  await comply(afterReminder)
  expect(await told('t040')).toEqual(['announced 2025-12-08', 'reminded 2025-12-22'])
})

test('a campaign whose execution was lost goes on from the table', async () => {
  await season.stop()
  rmSync(join(dataDir, 'workflows.json'))
  season = await Season.start(undefined, dataDir)
  await season.moveClock('2026-01-05T00:00:00Z')
  expect(await stepOf('reminded', '2026-01-05')).toMatchObject({ teams: never.length, apps: apps(never) })
  expect(await told('t040')).toHaveLength(2)
})

test('a deadline that was moved later while the campaign waits stops nobody on the old date', async () => {
  await campaign('2026-02-01T00:00:00Z', reminders)
  await season.moveClock('2026-01-17T00:00:00Z')
  expect(await told(late)).toEqual([
    'announced 2025-12-08',
    'reminded 2025-12-22',
    'reminded 2026-01-05',
    'reminded 2026-01-12',
  ])
  expect(await season.isAllowed(`${late}-0`, 'grace')).toBe(true)
})

test('a deadline that was moved earlier while the campaign waits stops on the new date', async () => {
  await campaign('2026-01-20T00:00:00Z', reminders)
  await season.moveClock('2026-01-19T23:59:59Z')
  await comply([secondBefore])
  expect(await season.isAllowed(`${late}-0`, 'last-second')).toBe(true)
  await season.moveClock('2026-01-20T00:00:00Z')
  const stopped = never.filter((team) => team !== secondBefore)
  expect(await stepOf('stopped', '2026-01-20')).toMatchObject({ teams: stopped.length, apps: apps(stopped) })
  expect(await told(secondBefore)).toHaveLength(4)
  expect((await told(late)).at(-1)).toBe('stopped 2026-01-20')
  expect(await season.isAllowed(`${secondBefore}-0`, 'in-time')).toBe(true)
  expect(await season.isAllowed(`${late}-0`, 'too-late')).toBe(false)
})

test('a team that complies late is back at its next call, and is not counted as open any more', async () => {
  const before = (await season.progress()).open
  await season.comply(late, appsOf(late))
  expect(await season.isAllowed(`${late}-0`, 'back')).toBe(true)
  const { open, summary } = await season.progress()
  expect(open).toEqual({
    teams: before.teams - 1,
    teamsWithoutPlan: before.teamsWithoutPlan - 1,
    appsNotInHub: before.appsNotInHub - 1,
  })
  expect(summary).toMatchObject({ suspendedTeams: never.length - 1 })
})

test('npm run campaign shows it', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    'tools/campaign/campaign.ts',
    '--url',
    season.url,
  ])
  expect(stdout).toContain('Campaign aps-2025')
  expect(stdout).toMatch(/stopped +2026-01-20 00:00 +done +49 +59\n/)
})

test('nobody is ever notified twice of the same step, however often the campaign is run', async () => {
  const before = await season.noticesInAll()
  expect(before).toBe(2 * (afterReminder.length + never.length) + 2 * never.length + never.length - 1)
  await season.stop()
  rmSync(join(dataDir, 'workflows.json'))
  season = await Season.start(undefined, dataDir)
  await season.moveClock('2026-01-22T12:00:00Z')
  expect(await season.noticesInAll()).toBe(before)
  expect(await told('t110')).toHaveLength(5)
  const { days } = await season.progress()
  expect(days.map((day: { day: string }) => day.day)).toEqual([
    '2025-12-08',
    '2025-12-22',
    '2026-01-05',
    '2026-01-12',
    '2026-01-17',
    '2026-01-19',
    '2026-01-20',
    '2026-01-22',
  ])
})
