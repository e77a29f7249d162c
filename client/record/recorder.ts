import type { Environment, Received, Sent } from '../environment.ts'
import type { ClientProblem, UsageInput } from '../model.ts'
import type { EventLog } from '../spool-model.ts'
import { type EventResult, readProblem, readResults } from './batch-answer.ts'
import { type EventClock, openEventClock } from './event-clock.ts'
import { type EventQueue, logQueue, memoryQueue, type Queued, type Rejected } from './event-queue.ts'
import { type EventProblem, RecorderClosed } from './record-errors.ts'
import { SendPace } from './send-pace.ts'
import { type StoredEvent, toCloudEvent } from './stored-event.ts'
import { checkSource, checkUsage } from './usage-check.ts'
import { judge, longestPauseMs } from './verdict.ts'

/** The most events of one request. */
const eventsMax = 1_000
/** An event waits this long for others. */
const gatherMs = 1_000
/** The most events that wait in memory, without a spool. */
const waitingMax = 10_000
/** The API ends each request within this time. */
const timeoutMs = 30_000
/** The most characters of an answer in a problem. */
const detailMax = 200

export interface RecorderOptions {
  readonly environment: Environment
  /** Sends a request with the caller's token; `environment.send` without it. It may note the server's time. */
  readonly send?: (request: Sent) => Promise<Received>
  /** Epoch milliseconds of the server's clock; undefined before its first answer. */
  readonly serverNow: () => number | undefined
  readonly log?: EventLog
  /** The `source` of events that have none. */
  readonly source?: string
  /** Called once for each event that Tollgate rejects. */
  readonly onRejected?: (event: StoredEvent, problem: EventProblem) => void
  /** Called for each request that failed, whose events are sent again, and for rejections that no caller waits for. */
  readonly onProblem?: (problem: ClientProblem) => void
}

/** Records usage events exactly once: in batches, one request at a time, each repeated until it has a definite answer. */
export class Recorder {
  /** Events answered so far. */
  readonly counts = { recorded: 0, duplicate: 0, rejected: 0 }
  readonly #options: RecorderOptions
  readonly #send: (request: Sent) => Promise<Received>
  readonly #queue: EventQueue
  readonly #clock: EventClock
  readonly #pace: SendPace
  #sending: Promise<boolean> | undefined
  #cancelTimer: (() => void) | undefined
  #batchMax = eventsMax
  #isClosed = false

  constructor(options: RecorderOptions) {
    const { environment, log } = options
    checkSource(options.source)
    this.#options = options
    this.#send = options.send ?? environment.send
    this.#clock = openEventClock(environment, options.serverNow)
    this.#pace = new SendPace(environment)
    const onAdded = () => this.#schedule()
    this.#queue = log === undefined ? memoryQueue(waitingMax, onAdded) : logQueue(log, onAdded)
    this.#schedule()
  }

  /** Number of accepted events that have no definite answer yet. */
  get waiting(): number {
    return this.#queue.size
  }

  /**
   * Accepts a usage event. Resolves when it is stored in the spool; without a spool when Tollgate has recorded it, and rejects
   * with `UsageRejected` if Tollgate does not. Rejects with a `TypeError` that names a wrong field. A caller that repeats an
   * event under the same id also has to repeat `at`, because the id is bound to it.
   */
  async record(usage: UsageInput): Promise<void> {
    checkUsage(usage)
    if (this.#isClosed) throw new RecorderClosed('the recorder is closed')
    const { appId, meter, quantity, at, id, source = this.#options.source ?? 'urn:tollgate:client' } = usage
    const identity = id === undefined ? { id: this.#options.environment.newId(), isOwnId: true } : { id }
    const time = at === undefined ? this.#clock.stamp() : { time: at }
    return this.#queue.add({ source, ...identity, appId, meter, quantity, ...time })
  }

  /**
   * Sends all events that wait now. Returns the number of those that still wait, because a request failed or their team is
   * busy; they are sent again later.
   */
  async flush(): Promise<number> {
    // Lets the calls of this turn be stored.
    await Promise.resolve()
    await this.#sending
    const end = this.#answered + this.#queue.size
    while (this.#answered < end && this.#queue.size > 0) {
      if (!(await this.#sendNow())) break
    }
    return this.#queue.size
  }

  get #answered(): number {
    const { recorded, duplicate, rejected } = this.counts
    return recorded + duplicate + rejected
  }

  /** Accepts no more events, and sends those that wait, once. Without a spool, unanswered calls reject. */
  async close(): Promise<number> {
    this.#isClosed = true
    const left = await this.flush()
    this.#cancelTimer?.()
    this.#queue.close()
    return left
  }

  #schedule(): void {
    if (this.#sending !== undefined || this.#isClosed || this.#queue.size === 0) return
    const { pauseMs } = this.#pace
    if (pauseMs === 0 && this.#queue.size >= this.#batchMax) return void this.#sendNow()
    const { environment, log } = this.#options
    // Without a spool, callers wait for the answer.
    const isAwaited = log === undefined
    this.#cancelTimer ??= environment.after(pauseMs || gatherMs, () => void this.#sendNow(), isAwaited)
  }

  /** Sends one batch. Resolves to false where some of it has to be sent again. Never rejects. */
  #sendNow(): Promise<boolean> {
    this.#cancelTimer?.()
    this.#cancelTimer = undefined
    this.#sending ??= this.#sendBatch()
      .catch((error: unknown) => this.#fail({ detail: String(error) }))
      .finally(() => {
        this.#sending = undefined
        this.#schedule()
      })
    return this.#sending
  }

  async #sendBatch(): Promise<boolean> {
    const batch = this.#queue.read(this.#batchMax)
    if (batch.length === 0) {
      this.#queue.finish([])
      return true
    }
    const isTimed = batch.every(({ event }) => this.#clock.canTell(event)) || (await this.#askTime())
    if (!isTimed) return false
    const events = batch.map(({ event }) => toCloudEvent(event, this.#clock.timeOf(event)))
    const received = await this.#post(events)
    const { status, body } = received
    const results = status === 200 ? readResults(body, batch.length) : undefined
    if (results !== undefined) return this.#take(batch, results)
    if ([400, 413, 422].includes(status)) return this.#split(batch, received)
    // All teams of the batch are busy. Those of later events may not be.
    const isBusy = readProblem(body)?.code === 'BUSY'
    if (isBusy && this.#queue.size > batch.length) this.#queue.finish(batch)
    return this.#fail({ received })
  }

  /** An empty batch is refused at once with a 400, and the answer states the server's time. */
  async #askTime(): Promise<boolean> {
    const received = await this.#post([])
    if (this.#options.serverNow() !== undefined) return true
    if (received.status !== 400) return this.#fail({ received })
    this.#clock.trustWallClock()
    return true
  }

  #post(events: readonly object[]): Promise<Received> {
    const contentType = 'application/cloudevents-batch+json'
    const body = JSON.stringify(events)
    return this.#send({ method: 'POST', path: '/v1/usage', body, contentType, timeoutMs })
  }

  #take(batch: readonly Queued[], results: readonly EventResult[]): boolean {
    const rows = batch.map((item, index) => judge(item, results[index]))
    const again = rows.filter(({ verdict }) => verdict === 'again')
    const rejected = rows.flatMap(({ item: { event }, verdict, problem }): readonly Rejected[] =>
      verdict === 'rejected' && problem !== undefined ? [{ event, problem }] : [],
    )
    this.#queue.setAside(rejected)
    this.#queue.finish(again.map(({ item }) => item))
    this.#pace.succeed()
    this.#batchMax = Math.min(eventsMax, this.#batchMax * 2)
    if (again.length > 0 && this.#queue.size <= again.length) this.#pace.wait(longestPauseMs(again))
    for (const { item, verdict, problem } of rows) {
      if (verdict === 'again') continue
      this.counts[verdict] += 1
      item.settle(problem)
    }
    for (const row of rejected) this.#reportRejected(row)
    return again.length === 0
  }

  /** A batch that was refused as a whole is sent in halves, until the event that is to blame is alone. */
  #split(batch: readonly Queued[], received: Received): boolean {
    const problem = readProblem(received.body)
    if (batch.length > 1) {
      this.#batchMax = Math.ceil(batch.length / 2)
      return true
    }
    // Only Tollgate can reject an event. A proxy's refusal concerns the request.
    if (problem === undefined) return this.#fail({ received })
    return this.#take(batch, [{ status: 'rejected', problem }])
  }

  #fail({ received, detail = received?.body.slice(0, detailMax) ?? '' }: Failure): boolean {
    this.#pace.fail(received)
    void this.#report({ what: 'request', status: received?.status ?? 0, detail })
    return false
  }

  #reportRejected({ event, problem }: Rejected): void {
    void this.#call(() => this.#options.onRejected?.(event, problem))
    const detail = `${event.id} of ${event.appId}: ${problem.code ?? problem.title}`
    if (this.#options.log !== undefined)
      void this.#report({ what: 'report', status: problem.status ?? 0, detail })
  }

  #report(problem: ClientProblem): Promise<void> {
    return this.#call(() => this.#options.onProblem?.(problem))
  }

  /** Runs a callback apart from the sending, so that its error reaches the process and not the queue. */
  async #call(callback: () => void): Promise<void> {
    await Promise.resolve()
    callback()
  }
}

interface Failure {
  readonly received?: Received
  readonly detail?: string
}
