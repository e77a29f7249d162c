import { dayMs } from '../core/time/time.ts'
import past from '../samples/teams.json' with { type: 'json' }

/** Operations of the runtime that loading needs. */
export interface SampleApi {
  /**
   * Sends a call such as `PUT /v1/apps/a` as an operator (`ops`), a service (`meter`), a team's admin
   * (`hub:<team>`) or a person (`person:<address>`).
   */
  call(as: string, call: string, body: unknown): Promise<{ readonly status: number }>
  /** Moves the runtime's clock forward to an instant in epoch milliseconds. */
  setClock(at: number): Promise<void> | void
  /** The runtime's clock in epoch milliseconds. */
  now(): number
}

/**
 * Loading starts with a clock that is this many days before the present, and ends with the clock at the
 * present. The first tokens, which expire after a year, then have about twelve days left.
 */
export const sampleHistoryDays = 353

/**
 * Names for the calls that a newcomer tries first: a team with tokens, one of its apps, and a meter that the
 * app uses.
 */
export const sampleTry = {
  teamId: 'kumo-plant',
  appId: 'kumo-converter',
  meter: 'model-derivative-complex-job',
  quantity: 2,
}

/**
 * Sends the past calls of the sample teams to an empty table. A refused call (before the launch, for example)
 * is not an error. Returns the number of calls, and the calls that failed with 4xx or 5xx.
 */
export async function loadSampleData(api: SampleApi): Promise<{ calls: number; failed: string[] }> {
  const presentAt = api.now() + sampleHistoryDays * dayMs
  const failed: string[] = []
  let count = 0
  for (const { daysAgo, calls } of past) {
    await api.setClock(presentAt - daysAgo * dayMs)
    for (const { as, call, body } of calls) {
      const { status } = await api.call(as, call, body)
      count += 1
      if (status >= 400) failed.push(`${call}: ${status}`)
    }
  }
  return { calls: count, failed }
}
