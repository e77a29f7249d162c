import * as v from 'valibot'
import type { Instant } from '../../core/time/time.ts'
import type { SeasonApi } from './api.ts'
import { campaignId, deadlineAt, type Moment, moments, movedAt, remindAt, seasonTo } from './dates.ts'
import { Player, type Stage } from './player.ts'
import type { SeasonTeam } from './teams.ts'

const atOnce = 4
const eventsPerBatch = 1_000

const Campaign = v.object({ opensAt: v.string() })
const Results = v.object({ results: v.array(v.object({ status: v.string() })) })

export interface Play extends Stage {
  readonly api: SeasonApi
  /** Days between two working days. Default: 1. */
  readonly dayStep?: number | undefined
  readonly teams: readonly SeasonTeam[]
  /** Called after each moment, with the number of finished moments and the total. */
  readonly onMoment: (at: Instant, done: number, total: number) => void
}

/** Plays the season over HTTP, moment by moment. Counts the answers to calls in the tally. */
export async function playSeason({ teams, dayStep, onMoment, ...stage }: Play): Promise<void> {
  const players = teams.map((team) => new Player(team, stage))
  await eachOf(players, (player) => player.register())
  const all = moments(dayStep)
  for (const [index, moment] of all.entries()) {
    await stage.api.moveClock(moment.at)
    if (moment.at === movedAt) await moveDeadline(stage.api)
    await playMoment(players, moment, stage)
    onMoment(moment.at, index + 1, all.length)
  }
  // The last moment also sends notices.
  await stage.api.moveClock(seasonTo)
}

async function playMoment(players: readonly Player[], { at, calls }: Moment, stage: Stage): Promise<void> {
  const events = new Map<Player, readonly object[]>()
  await eachOf(players, async (player) => {
    await player.act(at)
    if (calls === 'all') await player.askWithAll(at)
    if (calls === 'some') await player.askPerhaps(at)
    if (calls === 'work') events.set(player, await player.work(at))
  })
  // The order is that of the teams, not that in which they finished.
  await report(
    stage,
    players.flatMap((player) => events.get(player) ?? []),
    at,
  )
}

async function report({ api, tally, broken }: Stage, events: readonly object[], at: Instant): Promise<void> {
  for (let start = 0; start < events.length; start += eventsPerBatch) {
    const { body } = await api.call('meter', 'POST /v1/usage', events.slice(start, start + eventsPerBatch))
    for (const { status } of v.parse(Results, body).results) {
      tally.add(`events ${status}`, at)
      if (status !== 'recorded') broken(`an event was ${status}`)
    }
  }
}

/** On 10 January the deadline was moved to 18 February, and the reminders moved with it. */
async function moveDeadline(api: SeasonApi): Promise<void> {
  const { body } = await api.call('ops', `GET /v1/campaigns/${campaignId}`)
  const { opensAt } = v.parse(Campaign, body)
  const text = (instant: Instant) => new Date(instant).toISOString()
  const campaign = { opensAt, deadlineAt: text(deadlineAt), remindAt: remindAt.map(text) }
  await api.call('ops', `PUT /v1/campaigns/${campaignId}`, campaign)
}

/**
 * Runs some teams in parallel. The calls of one team run one after the other, so its notices never depend on
 * other teams.
 */
export async function eachOf<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of waiting) await act(item)
    }),
  )
}
