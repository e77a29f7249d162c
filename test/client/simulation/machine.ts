import type { Environment } from '../../../client/environment.ts'
import type { Decision } from '../../../client/model.ts'
import type { TollgateClient } from '../../../client/options.ts'
import type { Spool } from '../../../client/spool-model.ts'
import { Asks, type Settled } from './asks.ts'
import type { Chance } from './chance.ts'
import { Disk } from './memory-spool.ts'
import type { Network } from './network.ts'
import type { VirtualTime } from './virtual-time.ts'

/** The longest pause of a client after a failed request, with the request. */
const backoffMsMax = 45_000

/** The longest time until a process that died at a write comes back. */
const restartMsMax = 30_000
const timerEarlyMsMax = 0.9
const timerLateMsMax = 3

/** The source of events that machines record. */
export const recordedSource = 'urn:machine'

/** Makes the client of a process. A planted fault makes a wrong one. */
export type ClientMaker = (process: ProcessParts) => TollgateClient

export interface ProcessParts {
  readonly environment: Environment
  readonly spool?: Spool
  /** The meters whose calls go on in an outage, and are recorded later. */
  readonly recorded: readonly string[]
  readonly holders: number
}

/** A call that a machine's process has made and that is not answered yet. */
export interface Call {
  readonly appId: string
  readonly meter: string
  readonly quantity: number
  readonly at: number
}

/** Is notified of everything that can be seen of a machine from outside. */
export interface Observer {
  onDecision(machine: Machine, call: Call, decision: Decision): void
  onFailure(machine: Machine, reason: string): void
  /** An event is stored, or recorded. */
  onRecorded(id: string): void
  /** The process dies while these calls are under way. */
  onKill(machine: Machine, calls: readonly Call[]): void
  onSettled(machine: Machine, settled: Settled): void
}

export interface MachineParts {
  readonly slot: number
  readonly time: VirtualTime
  readonly chance: Chance
  readonly network: Network
  readonly observer: Observer
  readonly hasSpool: boolean
  /** The probability with which a process is killed before or after a write to its spool. */
  readonly diesAtWrite: number
  /** Milliseconds by which the machine's clock is wrong. */
  readonly clockOffMs: number
  readonly makeClient: ClientMaker
  readonly recorded: readonly string[]
  readonly holders: number
}

/** A machine on which one process after the other runs the client. A process may be killed at any instant. */
export class Machine {
  readonly slot: number
  /** Number of processes so far. */
  life = 0
  isAlive = false
  wasKilled = false
  /** True once its processes die at no write any more. */
  isSafe = false
  /** True once the process has begun to close: it gets no more calls. */
  isClosing = false
  /** The monotonic instant until which the process is frozen, or was. */
  frozenUntil = Number.NEGATIVE_INFINITY
  /** The server's instants at which the processes began. */
  readonly startedAt: number[] = []
  /** Instants at which a request got no good answer. */
  readonly troubles: number[] = []
  readonly disk: Disk | undefined
  /** The ids of all asks that were denied. */
  readonly denied = new Set<string>()
  /** The asks of the current process. */
  asks = new Asks(this.denied)
  private readonly parts: MachineParts
  private client: TollgateClient | undefined
  private ids = 0
  private readonly underWay = new Set<Call>()

  constructor(parts: MachineParts) {
    this.slot = parts.slot
    this.parts = parts
    this.disk = parts.hasSpool ? new Disk() : undefined
  }

  start(): void {
    this.life += 1
    this.isAlive = true
    this.isClosing = false
    this.startedAt.push(this.parts.network.now())
    this.asks = new Asks(this.denied)
    const { makeClient, recorded, holders } = this.parts
    const isAlive = this.isLife(this.life)
    const spool = this.disk?.openSpool(isAlive, () => this.mayDie())
    const environment = this.environmentOf(isAlive)
    const client = makeClient({ environment, recorded, holders, ...(spool && { spool }) })
    this.client = isAlive() ? client : undefined
  }

  /** Kills the process, as kill -9 does: its timers, its memory and its waiting callers are gone. */
  kill(): void {
    if (!this.isAlive) return
    this.isAlive = false
    this.wasKilled = true
    this.client = undefined
    const calls = [...this.underWay]
    this.underWay.clear()
    this.parts.observer.onKill(this, calls)
  }

  private mayDie(): void {
    const { chance, diesAtWrite, time } = this.parts
    if (!this.isAlive || this.isSafe || diesAtWrite === 0 || !chance.isTrue(diesAtWrite)) return
    this.kill()
    time.after(chance.between(0, restartMsMax), () => {
      if (!this.isAlive) this.start()
    })
  }

  /** Stops the process for some time, as a pause of its virtual machine does. Its clock goes on. */
  freeze(ms: number): void {
    this.frozenUntil = this.parts.time.now() + ms
  }

  /** Makes a call. `onAdmitted` runs when it was allowed out of a lease. */
  call(call: Call, onAdmitted: () => void = () => {}): void {
    const { client } = this
    const { observer, time } = this.parts
    if (client === undefined || this.isClosing || time.now() < this.frozenUntil) return
    const isAlive = this.isLife(this.life)
    this.underWay.add(call)
    client.allow(call.appId, call.meter, call.quantity).then(
      (decision) => {
        if (!isAlive()) return
        this.underWay.delete(call)
        observer.onDecision(this, call, decision)
        if (decision.decision === 'allow' && decision.fundedBy !== undefined) onAdmitted()
      },
      (error: unknown) => observer.onFailure(this, `a call was rejected: ${String(error)}`),
    )
  }

  /** Records a call that has run already. */
  record({ appId, meter, quantity }: Call): void {
    const { client } = this
    const { observer, time } = this.parts
    if (client === undefined || this.isClosing || time.now() < this.frozenUntil) return
    this.ids += 1
    const id = `m${this.slot}-${this.ids}`
    const isAlive = this.isLife(this.life)
    client.record({ appId, meter, quantity, id, source: recordedSource }).then(
      () => {
        if (isAlive()) observer.onRecorded(id)
      },
      (error: unknown) => {
        if (isAlive() && !this.isClosing) observer.onFailure(this, `a record was rejected: ${String(error)}`)
      },
    )
  }

  giveBack({ appId, meter, quantity }: Call): void {
    this.client?.giveBack(appId, meter, quantity)
  }

  /**
   * Ends the process in good order. `onClosed` is called when the client has closed. A client whose reports fail meanwhile gives
   * up, and its process then ends like one that is killed.
   */
  close(onClosed: () => void): void {
    const { client, life, parts } = this
    const since = parts.time.now() - backoffMsMax
    if (client === undefined || this.isClosing) return
    this.isClosing = true
    const isAlive = this.isLife(life)
    client.close().then(
      () => {
        if (!isAlive()) return
        if ((this.troubles.at(-1) ?? Number.NEGATIVE_INFINITY) > since) this.kill()
        onClosed()
      },
      (error: unknown) => parts.observer.onFailure(this, `close was rejected: ${String(error)}`),
    )
  }

  /** Calls that were made and that are not answered. */
  get waiting(): number {
    return this.underWay.size
  }

  private isLife(life: number): () => boolean {
    return () => this.isAlive && this.life === life
  }

  private environmentOf(isAlive: () => boolean): Environment {
    const { time, chance, network, observer, slot, clockOffMs } = this.parts
    const { life } = this
    const bootedAt = chance.between(0, 1e9)
    return {
      elapsed: () => bootedAt + time.now(),
      wallClock: () => network.now() + clockOffMs,
      random: () => chance.next(),
      newId: () => {
        this.ids += 1
        return `m${slot}-${life}-${this.ids}`
      },
      // Node's timers may fire a little early, and mostly fire late.
      after: (ms, action) =>
        time.after(ms + chance.between(-timerEarlyMsMax, timerLateMsMax), () => this.thaw(isAlive, action)),
      send: (request) =>
        new Promise((resolve, reject) => {
          if (!isAlive()) return
          const watcher = {
            onSettled: (settled: Settled) => this.thaw(isAlive, () => observer.onSettled(this, settled)),
            onTrouble: () => this.troubles.push(time.now()),
            onInvalid: (reason: string) => observer.onFailure(this, reason),
          }
          network.send(request, watcher).then(
            (received) => this.thaw(isAlive, () => resolve(received)),
            (error: unknown) => this.thaw(isAlive, () => reject(error)),
          )
        }),
    }
  }

  /** Runs an action of the living process, once it is not frozen. */
  private thaw(isAlive: () => boolean, action: () => void): void {
    const { time } = this.parts
    if (!isAlive()) return
    const leftMs = this.frozenUntil - time.now()
    if (leftMs > 0) time.after(leftMs, () => this.thaw(isAlive, action))
    else action()
  }
}
