import { dayMs } from '../core/time/time.ts'
import { type SampleCaller, sampleHistory } from './sample-history.ts'
import { kumo } from './sample-teams.ts'

/** What loading needs of the runtime that is being filled. */
export interface SampleApi {
  call(
    as: SampleCaller,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body?: unknown }>
  /** Moves the runtime's clock, only forward, to an instant in epoch milliseconds. */
  setClock(at: number): Promise<void> | void
  /** What the runtime's clock shows, in epoch milliseconds. */
  now(): number
}

/**
 * Loading starts with a clock that shows the present less this many days, and ends with the clock at the present. It is
 * chosen so that the tokens bought first, which live for a year, have about twelve days left.
 */
export const sampleHistoryDays = 353

/** For the calls that a newcomer tries first: a team with tokens, one of its apps, and a meter that it uses. */
export const sampleTry = {
  teamId: kumo.teamId,
  appId: 'kumo-converter',
  meter: 'model-derivative-complex-job',
  quantity: 2,
}

/**
 * Sets up the sample teams and lets their past happen, on an empty table. What it asks for may be refused (before the
 * launch, for example); that is no error. Returns how many calls were answered with 4xx or 5xx.
 */
export async function loadSampleData(api: SampleApi): Promise<{ calls: number; failed: string[] }> {
  const presentAt = api.now() + sampleHistoryDays * dayMs
  const failed: string[] = []
  let calls = 0
  for (const { daysAgo, steps } of sampleHistory(sampleHistoryDays)) {
    await api.setClock(presentAt - daysAgo * dayMs)
    for (const { as, method, path, body } of steps) {
      const { status } = await api.call(as, method, path, body)
      calls += 1
      if (status >= 400) failed.push(`${method} ${path}: ${status}`)
    }
  }
  return { calls, failed }
}
