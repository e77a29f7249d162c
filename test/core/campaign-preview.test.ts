import { expect, test } from 'vitest'
import type { Campaign } from '../../core/catalog/catalog.ts'
import { changeCampaign } from '../../core/migration/campaign-changes.ts'
import { previewCampaign } from '../../core/migration/campaign-preview.ts'
import { dayMs } from '../../core/time/time.ts'

/* The consequences of moving a deadline, with instants counted in days. */

const campaign = (deadline: number, reminders: readonly number[] = [], campaignId = 'c'): Campaign => {
  return {
    campaignId,
    opensAt: 0,
    deadlineAt: deadline * dayMs,
    remindAt: reminders.map((day) => day * dayMs),
  }
}
const preview = (before: readonly Campaign[], after: Campaign, day: number) =>
  previewCampaign({ campaigns: before }, after, [], day * dayMs)

test.for([
  // [deadline before, deadline after, today, effect]
  [40, 50, 30, 'stops-later'],
  [40, 35, 30, 'stops-later'],
  [40, 30, 30, 'stops-now'],
  [40, 31, 30, 'stops-later'],
  [40, 50, 40, 'resumes'],
  [40, 50, 45, 'resumes'],
  [40, 45, 45, 'stays-stopped'],
  [40, 20, 45, 'stays-stopped'],
] as const)('a deadline moved from day %i to %i on day %i: %s', ([from, to, today, effect]) => {
  expect(preview([campaign(40)], campaign(to), today)).toMatchObject({
    effect,
    stopsFrom: from * dayMs,
    stopsAt: to * dayMs,
  })
})

test('an earlier deadline of another campaign stays the one that counts', () => {
  const other = campaign(20, [], 'other')
  const both = [campaign(40), other]
  expect(preview(both, campaign(60), 10)).toMatchObject({
    effect: 'stops-later',
    stopsFrom: 20 * dayMs,
    stopsAt: 20 * dayMs,
  })
  expect(preview(both, campaign(60), 30).effect).toBe('stays-stopped')
  expect(preview(both, campaign(5), 10)).toMatchObject({ effect: 'stops-now', stopsAt: 5 * dayMs })
})

test('a new campaign stops apps from its deadline on', () => {
  expect(preview([], campaign(40), 10)).toMatchObject({ effect: 'stops-later', stopsFrom: undefined })
  expect(preview([], campaign(5), 10).effect).toBe('stops-now')
})

test('steps that were to come and are planned no more are dropped, and past ones are not named', () => {
  const before = campaign(40, [10, 25, 35])
  const after = campaign(30, [10, 25])
  expect(preview([before], after, 20).dropped).toEqual([
    { notice: 'reminded', scheduledAt: 35 * dayMs },
    { notice: 'stopped', scheduledAt: 40 * dayMs },
  ])
  expect(preview([before], before, 20).dropped).toEqual([])
})

test('a campaign keeps its last 20 changes, the newest first, and notes a repeated one once', () => {
  let changed = changeCampaign(undefined, campaign(40), { changedAt: 0, actor: 'mika', reason: 'launch' })
  expect(changed.changes).toEqual([
    { changedAt: 0, actor: 'mika', reason: 'launch', deadlineFrom: undefined, deadlineAt: 40 * dayMs },
  ])
  expect(changeCampaign(changed, campaign(40), { changedAt: 1, actor: 'ren' })).toBe(changed)
  for (let day = 41; day <= 65; day++) changed = changeCampaign(changed, campaign(day), { changedAt: day })
  expect(changed.changes.map(({ changedAt }) => changedAt)).toEqual(
    Array.from({ length: 20 }, (_, index) => 65 - index),
  )
  expect(changed.changes[0]).toMatchObject({ deadlineFrom: 64 * dayMs, deadlineAt: 65 * dayMs })
})
