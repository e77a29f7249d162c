import { randomUUID } from 'node:crypto'
import type { Writable } from 'node:stream'
import { Worker } from 'node:worker_threads'
import * as v from 'valibot'
import { realTime } from '../services/clock.ts'

/** Number of calls that a worker runs at the same time, and number of calls that may wait for it. */
const concurrentMax = 32
const waitingMax = 2_000
/**
 * Functions produce little garbage per call. A larger nursery only uses more of the machine's memory, once
 * per worker.
 */
const maxYoungGenerationSizeMb = 4

const Message = v.union([
  v.literal('ready'),
  v.object({ id: v.number(), result: v.unknown() }),
  v.object({ id: v.number(), error: v.string() }),
])

export interface FunctionSettings {
  readonly name: string
  /** File URL of the bundled module that exports `handler`. */
  readonly bundle: string
  readonly environment: Readonly<Record<string, string>>
  readonly timeoutMilliseconds: number
  readonly clockCell: SharedArrayBuffer
  /** Receives the function's standard output and error. */
  readonly log: Writable
}

/**
 * The function threw, crashed or timed out, or too many calls are waiting for it. The message is not for
 * customers.
 */
export class InvocationFailed extends Error {
  override readonly name = 'InvocationFailed'
}

interface Call {
  readonly event: unknown
  readonly resolve: (result: unknown) => void
  readonly reject: (cause: InvocationFailed) => void
}

interface RunningCall extends Call {
  readonly timer: NodeJS.Timeout
}

/**
 * Runs one function in a worker thread. The thread starts at the first call and is replaced after a crash or
 * a timeout.
 */
export class FunctionHost {
  private readonly settings: FunctionSettings
  private readonly waiting: Call[] = []
  private readonly running = new Map<number, RunningCall>()
  private worker: Worker | undefined
  private isReady = false
  private isStopped = false
  private lastId = 0

  constructor(settings: FunctionSettings) {
    this.settings = settings
  }

  /** Returns the handler's result for `event`. Rejects only with `InvocationFailed`. */
  invoke(event: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.isStopped) return reject(new InvocationFailed(`${this.settings.name} is stopped`))
      if (this.waiting.length >= waitingMax)
        return reject(new InvocationFailed(`${waitingMax} calls already wait for ${this.settings.name}`))
      this.waiting.push({ event, resolve, reject })
      this.next()
    })
  }

  async stop(): Promise<void> {
    this.isStopped = true
    const worker = this.worker
    this.lose('the runtime stops')
    await worker?.terminate()
  }

  private next(): void {
    this.worker ??= this.startWorker()
    while (this.isReady && this.running.size < concurrentMax) {
      const call = this.waiting.shift()
      if (call === undefined) return
      this.run(this.worker, call)
    }
  }

  private run(worker: Worker, call: Call): void {
    const { timeoutMilliseconds, name } = this.settings
    this.lastId += 1
    const timeout = () => this.replace(`${name} timed out after ${timeoutMilliseconds} ms`)
    this.running.set(this.lastId, { ...call, timer: setTimeout(timeout, timeoutMilliseconds) })
    worker.postMessage({ id: this.lastId, event: call.event, requestId: randomUUID(), timeoutMilliseconds })
  }

  private startWorker(): Worker {
    const { name, bundle, environment, clockCell, log } = this.settings
    const worker = new Worker(new URL('./worker.mjs', import.meta.url), {
      name,
      env: { ...environment, AWS_LAMBDA_MAX_CONCURRENCY: String(concurrentMax) },
      workerData: { name, bundle, cell: clockCell, realTime },
      resourceLimits: { maxYoungGenerationSizeMb },
      execArgv: [],
      stdout: true,
      stderr: true,
    })
    worker.stdout.pipe(log, { end: false })
    worker.stderr.pipe(log, { end: false })
    worker.on('message', (message: unknown) => this.take(v.parse(Message, message)))
    worker.on(
      'error',
      (cause: unknown) => this.isCurrent(worker) && this.replace(`${name} crashed: ${cause}`),
    )
    worker.on('exit', (code) => this.isCurrent(worker) && this.replace(`${name} ended with code ${code}`))
    return worker
  }

  private isCurrent(worker: Worker): boolean {
    return this.worker === worker
  }

  private take(message: v.InferOutput<typeof Message>): void {
    if (message === 'ready') this.isReady = true
    else this.settle(message)
    this.next()
  }

  private settle(message: Exclude<v.InferOutput<typeof Message>, 'ready'>): void {
    const call = this.running.get(message.id)
    if (call === undefined) return
    this.running.delete(message.id)
    clearTimeout(call.timer)
    if ('error' in message) call.reject(new InvocationFailed(message.error))
    else call.resolve(message.result)
  }

  /** Discards the worker; the next call starts another. */
  private replace(reason: string): void {
    const worker = this.worker
    this.settings.log.write(`${reason}\n`)
    // A worker that never became ready would fail in the same way for all waiting calls.
    this.lose(reason)
    void worker?.terminate()
    if (this.waiting.length > 0) this.next()
  }

  private lose(reason: string): void {
    const lost = [...this.running.values()]
    const unstarted = this.isReady && !this.isStopped ? [] : this.waiting.splice(0)
    this.running.clear()
    this.worker = undefined
    this.isReady = false
    for (const call of lost) clearTimeout(call.timer)
    for (const call of [...lost, ...unstarted]) call.reject(new InvocationFailed(reason))
  }
}
