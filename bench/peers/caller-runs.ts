import { subscribe } from 'node:diagnostics_channel'
import { createHistogram } from 'node:perf_hooks'
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'
import { CallLog, readLog } from './call-log.ts'
import type { Job, LoggedRun, RateResult, RateRun, SpendResult, SpendRun } from './job.ts'
import type { Caller } from './peer.ts'

/** Calls after which the event loop runs, even if no call waits for the network. */
const callsPerTurn = 64
const nsPerMs = 1e6

const inParallel = (count: number, work: (index: number) => Promise<void>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)))

let httpRequests = 0
for (const channel of ['http.client.request.start', 'undici:request:create'])
  subscribe(channel, () => {
    httpRequests += 1
  })

/** Calls until the measured time is over, which begins after the warm-up. Only calls that end within it count. */
export async function runRate(caller: Caller, run: RateRun, { opening }: Job): Promise<RateResult> {
  const { teamIds, warmUpMs, warmUpCalls, measureMs } = run
  const histogram = createHistogram()
  const warmAt = performance.now() + warmUpMs
  let endsAt = Number.POSITIVE_INFINITY
  let [allCalls, answers] = [0, 0]
  await inParallel(opening.callers, async () => {
    for (let sentAt = performance.now(); sentAt < endsAt; sentAt = performance.now()) {
      const call = allCalls++
      const teamId = teamIds[call % teamIds.length] ?? ''
      if (!(await caller.call(teamId, `call-${teamId}-${call}`)))
        throw new Error(`a call of ${teamId} was refused`)
      const endedAt = performance.now()
      answers += 1
      if (endsAt === Number.POSITIVE_INFINITY) {
        if (endedAt >= warmAt && answers >= warmUpCalls) endsAt = endedAt + measureMs
      } else if (endedAt < endsAt) histogram.record(Math.max(1, Math.round((endedAt - sentAt) * nsPerMs)))
      if (call % callsPerTurn === 0) await turn()
    }
  })
  await caller.close()
  return {
    calls: histogram.count,
    seconds: measureMs / 1_000,
    p50Ms: histogram.percentile(50) / nsPerMs,
    p99Ms: histogram.percentile(99) / nsPerMs,
    allCalls,
    httpRequests,
  }
}

/** Each caller stops at its first refusal. */
export async function runSpend(caller: Caller, run: SpendRun, { opening }: Job): Promise<SpendResult> {
  let admitted = 0
  await inParallel(opening.callers, async (index) => {
    for (let call = 0; await caller.call(run.teamId, `${run.name}-${index}-${call}`); call++) admitted += 1
  })
  await caller.close()
  return { admitted }
}

/**
 * Repeats the calls of the log that have no answer, because the caller cannot know whether they count, and then continues.
 * `onCalling` is called after the first answer.
 */
export async function runLogged(
  caller: Caller,
  { run, opening }: Job & { readonly run: LoggedRun },
  onCalling: () => void,
): Promise<object> {
  const { unanswered } = readLog(run.logFile)
  const log = new CallLog(run.logFile)
  let isCalling = false
  const call = async (id: string) => {
    log.write('sent', id)
    const isAdmitted = await caller.call(run.teamId, id)
    log.write(isAdmitted ? 'admitted' : 'refused', id)
    if (!isCalling) onCalling()
    isCalling = true
  }
  await Promise.all(unanswered.map(call))
  const endsAt = performance.now() + run.durationMs
  await inParallel(opening.callers, async (index) => {
    for (let number = 0; performance.now() < endsAt; number++) {
      await call(`${run.name}-${index}-${number}`)
      await sleep(Math.random() * run.pauseMsMax)
    }
  })
  await caller.close()
  log.close()
  return {}
}
