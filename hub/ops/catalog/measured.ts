import type { Answer, Body, Client } from '../../api/client.ts'
import { isPassing, Problem, retryAfterOf } from '../../api/problem.ts'

type Price = Answer<'previewRateCard'>['changes'][number]['before']

/** Sums of a team or of all: thousandths of tokens, so that no sum is rounded, and US cents. */
export interface Sums {
  readonly milliTokensBefore: number
  readonly milliTokensAfter: number
  readonly usdCentsBefore: number
  readonly usdCentsAfter: number
}

export interface TeamChange extends Sums {
  readonly teamId: string
  /** True if more or less of a free plan's use would be refused. */
  readonly isRefusalChanged: boolean
}

export interface Measured {
  readonly teams: number
  readonly changed: number
  readonly sums: Sums
  /** The largest changes first. */
  readonly largest: readonly TeamChange[]
  readonly isComplete: boolean
}

export const noSums: Sums = { milliTokensBefore: 0, milliTokensAfter: 0, usdCentsBefore: 0, usdCentsAfter: 0 }
export const nothingMeasured: Measured = {
  teams: 0,
  changed: 0,
  sums: noSums,
  largest: [],
  isComplete: false,
}

/** The most teams of one measurement. */
export const teamsMax = 5_000
const largestMax = 20
const abreast = 4
const triesMax = 5
const pauseMilliseconds = 1_000

export interface Asked {
  readonly body: Body<'previewRateCard'>
  /** One team; absent: all, in the order of the list. */
  readonly teamId: string | undefined
  readonly signal: AbortSignal
  readonly onProgress: (measured: Measured) => void
}

/** Prices a past month of one team, or of all teams page by page, until it is done or aborted. */
export async function measure(client: Client, asked: Asked): Promise<void> {
  const { teamId, signal, onProgress } = asked
  let measured = nothingMeasured
  if (teamId !== undefined) {
    onProgress({ ...addTeam(measured, await changeOf(client, teamId, asked)), isComplete: true })
    return
  }
  for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
    const query = { limit: '100', cursor }
    const page = await patiently(() => client.call('listTeams', { query }, signal), signal)
    const room = page.teams.slice(0, teamsMax - measured.teams)
    for (let start = 0; start < room.length; start += abreast) {
      const few = room.slice(start, start + abreast).map((team) => changeOf(client, team.teamId, asked))
      for (const change of await Promise.all(few)) measured = addTeam(measured, change)
      onProgress(measured)
    }
    cursor = page.cursor
    const isCut = room.length < page.teams.length || (measured.teams >= teamsMax && cursor !== undefined)
    if (isCut) return
  }
  onProgress({ ...measured, isComplete: true })
}

async function changeOf(
  client: Client,
  teamId: string,
  { body, signal }: Asked,
): Promise<TeamChange | undefined> {
  const preview = () => client.call('previewRateCard', { params: { teamId }, body }, signal)
  const { changes } = await patiently(preview, signal)
  if (changes.length === 0) return undefined
  const sum = (amount: (price: Price) => number, side: 'before' | 'after') =>
    changes.reduce((total, change) => total + amount(change[side]), 0)
  const milliTokens = ({ tokens }: Price) => Math.round(tokens * 1_000)
  const usdCents = (price: Price) => price.usdCents
  return {
    teamId,
    milliTokensBefore: sum(milliTokens, 'before'),
    milliTokensAfter: sum(milliTokens, 'after'),
    usdCentsBefore: sum(usdCents, 'before'),
    usdCentsAfter: sum(usdCents, 'after'),
    isRefusalChanged: changes.some(({ before, after }) => before.refused !== after.refused),
  }
}

/** Adds a team's change to the sums and, if it is among the largest, to the list. */
export function addTeam(measured: Measured, change: TeamChange | undefined): Measured {
  const { teams, changed, sums, largest } = measured
  if (change === undefined) return { ...measured, teams: teams + 1 }
  return {
    ...measured,
    teams: teams + 1,
    changed: changed + 1,
    sums: {
      milliTokensBefore: sums.milliTokensBefore + change.milliTokensBefore,
      milliTokensAfter: sums.milliTokensAfter + change.milliTokensAfter,
      usdCentsBefore: sums.usdCentsBefore + change.usdCentsBefore,
      usdCentsAfter: sums.usdCentsAfter + change.usdCentsAfter,
    },
    largest: [...largest, change].toSorted((a, b) => sizeOf(b) - sizeOf(a)).slice(0, largestMax),
  }
}

/** Every unit has a price in tokens and in money; cards usually change both alike. */
const sizeOf = ({ usdCentsBefore, usdCentsAfter, milliTokensBefore, milliTokensAfter }: Sums) =>
  Math.max(Math.abs(usdCentsAfter - usdCentsBefore), Math.abs(milliTokensAfter - milliTokensBefore))

/** Repeats a call that may pass later, after the pause that the service asks for. */
async function patiently<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await call()
    } catch (error) {
      const isBusy = isPassing(error) || (error instanceof Problem && error.status === 429)
      if (!isBusy || tries >= triesMax || signal.aborted) throw error
      const pause = retryAfterOf(error) ?? pauseMilliseconds
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
}
