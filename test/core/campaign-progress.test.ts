import { expect, test } from 'vitest'
import { campaignProgress, campaignSummary, type StepDone } from '../../core/migration/progress.ts'
import { dayMs } from '../../core/time/time.ts'

const campaign = { campaignId: 'c', opensAt: 0, deadlineAt: 40 * dayMs, remindAt: [10 * dayMs, 20 * dayMs] }
const done = (notice: StepDone['notice'], day: number, teams: number, apps: number): StepDone => {
  return { notice, scheduledAt: day * dayMs, teams, apps }
}
const shown = (steps: readonly StepDone[], day: number) =>
  campaignProgress(campaign, steps, day * dayMs).map(({ step, status }) => `${step.notice} ${status}`)

test('a campaign that has not opened has its steps before it', () => {
  expect(shown([], -1)).toEqual(['announced coming', 'reminded coming', 'reminded coming', 'stopped coming'])
})

test('the last of several missed steps is due, and the others are skipped', () => {
  expect(shown([done('announced', 0, 5, 9)], 25)).toEqual([
    'announced done',
    'reminded skipped',
    'reminded due',
    'stopped coming',
  ])
})

test('a step that was done stays, though its date is not planned any more', () => {
  const steps = [done('announced', 0, 5, 9), done('stopped', 30, 2, 3)]
  expect(shown(steps, 35).filter((line) => line.startsWith('stopped'))).toEqual([
    'stopped done',
    'stopped coming',
  ])
})

test('complied is what the first step met and the last one did not', () => {
  const steps = [done('stopped', 40, 2, 3), done('announced', 0, 5, 9), done('reminded', 10, 4, 6)]
  expect(campaignSummary(steps)).toEqual({
    teams: 5,
    apps: 9,
    compliedApps: 6,
    suspendedTeams: 2,
    suspendedApps: 3,
  })
  expect(campaignSummary(steps.slice(1))).toMatchObject({ compliedApps: 3, suspendedApps: 0 })
  expect(campaignSummary([])).toEqual({
    teams: 0,
    apps: 0,
    compliedApps: 0,
    suspendedTeams: 0,
    suspendedApps: 0,
  })
})
