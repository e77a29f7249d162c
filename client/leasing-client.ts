import { createDirectCalls } from './direct-calls.ts'
import type { Environment } from './environment.ts'
import type { Desk } from './leases/desk.ts'
import { createHolders } from './leases/holders.ts'
import { reportLeftovers } from './leases/leftovers.ts'
import { quantityMax } from './leases/pace.ts'
import { createUseLog } from './leases/use-log.ts'
import type { ClientProblem } from './model.ts'
import type { ClientOptions, TollgateClient } from './options.ts'
import type { Recording } from './record/recording.ts'
import { createSettler } from './settling/settler.ts'
import type { Team } from './settling/team.ts'
import { createServerClock } from './transport/server-clock.ts'

const tickMs = 1_000
const flushMsMax = 10_000
const flushStepMs = 10
/** The most apps whose team is remembered. */
const appsMax = 100_000

/** Puts the client together: leases for `allow`, rows of settlements for single operations, and the recorder. */
export function createLeasingClient(options: ClientOptions, environment: Environment): TollgateClient {
  const {
    outage,
    holders: holdersMax = 64,
    callTimeoutMs = 2_000,
    spool,
    telemetry,
    onProblem = warn,
  } = options
  const { elapsed, after } = environment
  const clock = createServerClock(environment)
  const settler = createSettler({ environment, clock, onProblem, telemetry })
  const teamIds = new Map<string, string>()
  const desk: Desk = {
    environment,
    log: createUseLog(spool?.leases),
    holders: holdersMax,
    teamOf,
    wake: settler.wake,
    pause: settler.pause,
    callTimeoutMs,
    recordLater(use) {
      const isRecorded = (typeof outage === 'string' ? outage : outage?.[use.meter]) === 'record'
      if (isRecorded) void load().then(({ addLater }) => addLater(use))
      return isRecorded
    },
    onProblem,
  }
  const holders = createHolders(desk)
  let cancelTick = (): void => {}
  let recording: Promise<Recording> | undefined

  /** The team of an app, as answers name it. Until then, the app stands for a team by itself. */
  function teamOf(appId: string, teamId = teamIds.get(appId)): Team {
    if (teamId === undefined) return settler.team(`app:${appId}`)
    if (teamIds.size >= appsMax) teamIds.clear()
    teamIds.set(appId, teamId)
    return settler.team(`team:${teamId}`)
  }

  /** The recorder is a separate file, which is loaded at its first use. */
  function load(): Promise<Recording> {
    const recorder = { environment, clock, log: spool?.events, onProblem }
    recording ??= import('./record/recording.ts').then(({ openRecording }) => openRecording(recorder))
    return recording
  }

  /** Waits until all reports have their answers, but not forever. */
  async function settle(): Promise<void> {
    const endsAt = elapsed() + flushMsMax
    settler.hurry()
    const isOpen = () => !settler.isIdle() || [...holders].some((holder) => !holder.isSettled())
    while (isOpen() && elapsed() < endsAt)
      await new Promise<void>((resolve) => after(flushStepMs, resolve, true))
  }

  function tickLater(afterMs: number): void {
    cancelTick = after(afterMs, () => {
      const now = elapsed()
      for (const holder of holders) {
        holder.tick(now)
        telemetry?.count(holder.meter, holder.counts)
        if (holder.isOver(now)) holders.remove(holder)
      }
      settler.forgetIdle()
      tickLater(tickMs)
    })
  }

  async function close(): Promise<void> {
    for (const holder of holders) holder.close()
    await settle()
    await (await recording)?.close()
    cancelTick()
    spool?.close()
  }

  if (spool) reportLeftovers(spool.leases, settler, desk)
  if (spool?.events.size) void load()
  // Processes that start together must not all ask in the same instant of each second.
  tickLater(environment.random() * tickMs)
  return {
    allow(appId, meter, quantity = 1) {
      if (!Number.isInteger(quantity) || quantity < 1 || quantity > quantityMax)
        throw new TypeError('quantity: a whole number, 1 to 1e9')
      return holders.get(appId, meter).allow(quantity)
    },
    giveBack: (appId, meter, quantity = 1) => holders.get(appId, meter).giveBack(quantity),
    ...createDirectCalls({ environment, settler, teamOf, timeoutMs: callTimeoutMs }),
    record: async (usage) => (await load()).record(usage),
    async flush() {
      for (const holder of holders) holder.report()
      await settle()
      await (await recording)?.flush()
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

function warn({ what, status, detail }: ClientProblem): void {
  process.emitWarning(`Tollgate: ${what} ${status}: ${detail}`)
}
