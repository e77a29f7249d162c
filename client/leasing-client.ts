import type { Authorization, Capture } from './answers.ts'
import { DirectCalls } from './direct-calls.ts'
import type { Environment } from './environment.ts'
import type { Desk } from './leases/desk.ts'
import { Holders } from './leases/holders.ts'
import { LaterUses } from './leases/later-uses.ts'
import { reportLeftovers } from './leases/leftovers.ts'
import { UseLog } from './leases/use-log.ts'
import type { AuthorizeInput, ClientProblem, Decision, UsageInput } from './model.ts'
import type { ClientOptions, TollgateClient } from './options.ts'
import { Settler } from './settling/settler.ts'
import type { Team } from './settling/team.ts'
import { TeamNames } from './settling/team-names.ts'
import { Telemetry } from './telemetry.ts'
import { ServerClock } from './transport/server-clock.ts'

const tickMs = 1_000
const flushMsMax = 10_000
const flushStepMs = 10
const callTimeoutMsDefault = 2_000
const holdersDefault = 64
const quantityMax = 1_000_000_000

/** The client: leases for `allow`, rows of settlements for single operations, and the recorder. */
export class LeasingClient implements TollgateClient {
  readonly #environment: Environment
  readonly #callTimeoutMs: number
  readonly #settler: Settler
  readonly #desk: Desk
  readonly #holders: Holders
  readonly #direct: DirectCalls
  readonly #later: LaterUses
  readonly #telemetry: Telemetry
  readonly #spool: ClientOptions['spool']
  #isWatching = false
  #cancelTick = (): void => {}

  constructor(options: ClientOptions, environment: Environment) {
    const { callTimeoutMs = callTimeoutMsDefault, onProblem = warn, spool, outage } = options
    this.#environment = environment
    this.#callTimeoutMs = callTimeoutMs
    this.#spool = spool
    this.#telemetry = new Telemetry(options.telemetry)
    const onRequest = this.#telemetry.request.bind(this.#telemetry)
    const clock = new ServerClock(environment)
    const settler = new Settler({ environment, clock, onProblem, onRequest })
    const names = new TeamNames(settler)
    this.#later = new LaterUses(outage, (usage) => this.record(usage), onProblem)
    this.#settler = settler
    this.#desk = {
      environment,
      log: new UseLog(spool?.leases, onProblem),
      holders: options.holders ?? holdersDefault,
      teamOf: (appId, teamId) => names.teamOf(appId, teamId),
      wake: (team, source) => settler.wake(team, source),
      watch: () => this.#watch(callTimeoutMs),
      isOut: (team) => this.#isOut(team),
      recordLater: (use) => this.#later.add(use),
      onProblem,
    }
    this.#holders = new Holders(this.#desk)
    const direct = { environment, settler, teamOf: this.#desk.teamOf, timeoutMs: callTimeoutMs }
    this.#direct = new DirectCalls(direct)
    if (spool !== undefined) reportLeftovers(spool.leases, settler, this.#desk)
    this.#tickLater()
  }

  allow(appId: string, meter: string, quantity = 1): Promise<Decision> {
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > quantityMax)
      throw new TypeError(`quantity must be a whole number from 1 to ${quantityMax}`)
    return this.#holders.get(appId, meter).allow(quantity)
  }

  giveBack(appId: string, meter: string, quantity = 1): void {
    this.#holders.get(appId, meter).giveBack(quantity)
  }

  authorize(input: AuthorizeInput): Promise<Authorization> {
    return this.#direct.authorize(input)
  }

  capture(
    authorizationId: string,
    used: number,
    { isFinal = false }: { readonly isFinal?: boolean } = {},
  ): Promise<Capture> {
    return this.#direct.capture(authorizationId, used, isFinal)
  }

  void(authorizationId: string): Promise<void> {
    return this.#direct.void(authorizationId)
  }

  async record(_usage: UsageInput): Promise<void> {
    throw new Error('not here yet')
  }

  async flush(): Promise<void> {
    for (const holder of this.#holders) holder.report()
    this.#later.flush()
    await this.#settle()
  }

  async close(): Promise<void> {
    for (const holder of this.#holders) holder.close()
    this.#later.flush()
    await this.#settle()
    this.#cancelTick()
    this.#spool?.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /** Waits until all reports have their answers, but not forever. */
  async #settle(): Promise<void> {
    const { elapsed, after } = this.#environment
    const endsAt = elapsed() + flushMsMax
    const isOpen = () => !this.#settler.isIdle || [...this.#holders].some((holder) => !holder.isSettled)
    while (isOpen() && elapsed() < endsAt) await new Promise<void>((resolve) => after(flushStepMs, resolve))
  }

  #tickLater(): void {
    this.#cancelTick = this.#environment.after(tickMs, () => {
      this.#tick(this.#environment.elapsed())
      this.#tickLater()
    })
  }

  #tick(now: number): void {
    for (const holder of this.#holders) {
      holder.tick(now)
      this.#telemetry.count(holder)
      if (holder.isOver(now)) this.#holders.remove(holder)
    }
    this.#settler.forgetIdle()
    this.#later.flush()
  }

  /** Ends the wait of calls in time. */
  #watch(afterMs: number): void {
    if (this.#isWatching) return
    this.#isWatching = true
    this.#environment.after(Math.max(1, afterMs), () => {
      this.#isWatching = false
      const now = this.#environment.elapsed()
      const before = now - this.#callTimeoutMs
      const others = [...this.#holders].map(
        (holder) => holder.endWait(before, now) ?? Number.POSITIVE_INFINITY,
      )
      const first = Math.min(Number.POSITIVE_INFINITY, ...others)
      if (first < Number.POSITIVE_INFINITY) this.#watch(first - before)
    })
  }

  #isOut(team: Team): boolean {
    return team.notBefore - this.#environment.elapsed() > this.#callTimeoutMs
  }
}

function warn({ what, status, detail }: ClientProblem): void {
  process.emitWarning(`${what} ${status}: ${detail}`, 'TollgateWarning')
}
