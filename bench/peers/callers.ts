import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import type { Job, RateResult, RateRun, SpendResult, SpendRun } from './job.ts'

const program = fileURLToPath(new URL('./caller-process.ts', import.meta.url))
/** Longest time of a job. A process that takes longer is killed. */
const jobSecondsMax = 120

const Message = v.union([
  v.object({ calling: v.literal(true) }),
  v.object({ error: v.string() }),
  v.object({ result: v.record(v.string(), v.number()) }),
])

/** A child process that runs one job. */
export class CallerProcess {
  /** Resolves with the job's result, or with undefined when the process was killed. Rejects when the job fails. */
  readonly result: Promise<Readonly<Record<string, number>> | undefined>
  /** Resolves after the first answer of a logged run, or when the process has ended. */
  readonly calling: Promise<void>
  private readonly child: ChildProcess

  constructor(job: Job) {
    this.child = fork(program, { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    const { promise, resolve } = Promise.withResolvers<void>()
    this.calling = promise
    this.result = this.run(resolve)
    // The result may be awaited later than it fails.
    this.result.catch(() => {})
    this.child.send(job)
  }

  /** Ends the process at once (SIGKILL). */
  kill(): void {
    this.child.kill('SIGKILL')
  }

  private async run(onCalling: () => void): Promise<Readonly<Record<string, number>> | undefined> {
    let outcome: v.InferOutput<typeof Message> | undefined
    this.child.on('message', (message) => {
      const parsed = v.parse(Message, message)
      if ('calling' in parsed) onCalling()
      else outcome = parsed
    })
    const timer = setTimeout(() => this.kill(), jobSecondsMax * 1_000)
    await once(this.child, 'exit')
    clearTimeout(timer)
    onCalling()
    if (outcome !== undefined && 'error' in outcome) throw new Error(outcome.error)
    return outcome !== undefined && 'result' in outcome ? outcome.result : undefined
  }
}

const Rate = v.object({
  calls: v.number(),
  seconds: v.number(),
  p50Ms: v.number(),
  p99Ms: v.number(),
  allCalls: v.number(),
  httpRequests: v.number(),
})
const Spend = v.object({ admitted: v.number() })

export async function measureRate(job: Job & { readonly run: RateRun }): Promise<RateResult> {
  return v.parse(Rate, await new CallerProcess(job).result)
}

export async function spendAll(job: Job & { readonly run: SpendRun }): Promise<SpendResult> {
  return v.parse(Spend, await new CallerProcess(job).result)
}
