import * as v from 'valibot'
import { alignRows } from '../text-table.ts'

const counts = { teams: v.number(), teamsWithoutPlan: v.number(), appsNotInHub: v.number() }

/** The shown part of the answer of `GET /v1/campaigns/{campaignId}/progress`. */
export const CampaignProgress = v.object({
  campaignId: v.string(),
  steps: v.array(
    v.object({
      notice: v.string(),
      scheduledAt: v.string(),
      status: v.string(),
      teams: v.optional(v.number()),
      apps: v.optional(v.number()),
    }),
  ),
  summary: v.object({ compliedApps: v.number(), suspendedTeams: v.number(), suspendedApps: v.number() }),
  open: v.object(counts),
  days: v.array(v.object({ day: v.string(), ...counts })),
})
export type CampaignProgress = v.InferOutput<typeof CampaignProgress>

/** Formats the progress as two tables: the steps, and the days with the changes since the day before. */
export function progressText({ campaignId, steps, summary, open, days }: CampaignProgress): string {
  const stepRows = steps.map(({ notice, scheduledAt, status, teams, apps }) => [
    notice,
    scheduledAt.slice(0, 16).replace('T', ' '),
    status,
    number(teams),
    number(apps),
  ])
  const dayRows = days.map((day, index) => [
    day.day,
    number(day.teams),
    number(day.teamsWithoutPlan),
    number(day.appsNotInHub),
    change(day.appsNotInHub, days[index - 1]?.appsNotInHub),
  ])
  const now = ['now', number(open.teams), number(open.teamsWithoutPlan), number(open.appsNotInHub)]
  return [
    `Campaign ${campaignId}`,
    '',
    ...alignRows([['step', 'date (UTC)', 'status', 'teams', 'apps'], ...stepRows], 3),
    '',
    `Complied since the first step: ${number(summary.compliedApps)} apps. Suspended: ${number(summary.suspendedApps)} apps of ${number(summary.suspendedTeams)} teams.`,
    '',
    ...alignRows(
      [
        ['day', 'teams to move', 'without a plan', 'apps to move', 'change'],
        ...dayRows,
        [...now, change(open.appsNotInHub, days.at(-1)?.appsNotInHub)],
      ],
      1,
    ),
  ].join('\n')
}

const number = (value: number | undefined): string => value?.toLocaleString('en-US') ?? ''

function change(value: number, before: number | undefined): string {
  if (before === undefined || before === value) return ''
  return value > before ? `+${number(value - before)}` : number(value - before)
}
