import { StateMachine as Machine, type RunOptions } from 'aws-local-stepfunctions'
import * as v from 'valibot'
import type { StateMachine } from './workflow-definition.ts'

/** Delay of a retry here. The definition sets the number of retries. */
const retryMilliseconds = 50

const WaitVerdict = v.looseObject({
  verdict: v.literal('wait'),
  seconds: v.number(),
  until: v.pipe(v.string(), v.isoTimestamp()),
})

export interface ExecutionParts {
  readonly machine: StateMachine
  readonly name: string
  readonly input: unknown
  readonly invoke: (functionId: string, event: unknown) => Promise<unknown>
  /** True while the test clock is stopped. */
  readonly isStanding: () => boolean
  /** Called when the execution starts to wait. */
  readonly changed: () => void
}

export interface Execution {
  readonly machineId: string
  readonly name: string
  readonly input: unknown
  /** Resolves at its end: undefined after success, otherwise the cause. */
  readonly ended: Promise<string | undefined>
  isWaiting(): boolean
  /** The date that it waits for; undefined while it does not wait. */
  waitsUntil(): number | undefined
  /** Ends its wait, if it waits; it then calls its function again. */
  wake(): void
  abort(): void
}

type Handlers = NonNullable<NonNullable<RunOptions['overrides']>['taskResourceLocalHandlers']>
type Handler = Handlers[string]

/**
 * Runs one execution of the definition in the template. A wait lasts until the test clock moves, or by real
 * time while the clock is not set. The function after the wait reads the clock itself.
 */
export function startExecution(parts: ExecutionParts): Execution {
  const { machine, name, input } = parts
  const pause = new Pause(parts)
  const handlers = [...machine.tasks].map(([state, functionId]): [string, Handler] => [
    state,
    async (event) => {
      const result = await parts.invoke(functionId, event)
      const verdict = v.safeParse(WaitVerdict, result)
      if (verdict.success) await pause.begin(verdict.output.seconds, Date.parse(verdict.output.until))
      return result as Awaited<ReturnType<Handler>>
    },
  ])
  const overrides = {
    taskResourceLocalHandlers: Object.fromEntries(handlers),
    waitTimeOverrides: Object.fromEntries(machine.waits.map((state) => [state, 0])),
    retryIntervalOverrides: Object.fromEntries(
      [...machine.tasks.keys()].map((state) => [state, retryMilliseconds]),
    ),
  }
  const runner = new Machine(machine.definition, { validationOptions: { checkArn: false } })
  const run = runner.run(input as Parameters<Machine['run']>[0], { overrides, noThrowOnAbort: true })
  void readToEnd(run.eventLogs)
  return {
    machineId: machine.id,
    name,
    input,
    ended: run.result.then(
      () => undefined,
      (cause: unknown) => (cause instanceof Error ? `${cause.message}` : String(cause)),
    ),
    isWaiting: () => pause.isOn(),
    waitsUntil: () => pause.until,
    wake: () => pause.end(),
    abort: () => {
      run.abort()
      pause.end()
    },
  }
}

/** The events are stored in memory until they are read. */
async function readToEnd(events: AsyncGenerator<unknown>): Promise<void> {
  for await (const _ of events);
}

class Pause {
  private readonly parts: ExecutionParts
  /** The date that ends it, while it is on. */
  until: number | undefined
  private resolve: (() => void) | undefined
  private timer: NodeJS.Timeout | undefined

  constructor(parts: ExecutionParts) {
    this.parts = parts
  }

  isOn(): boolean {
    return this.resolve !== undefined
  }

  begin(seconds: number, until: number): Promise<void> {
    const over = new Promise<void>((resolve) => {
      this.resolve = resolve
    })
    this.until = until
    if (!this.parts.isStanding()) this.timer = setTimeout(() => this.end(), seconds * 1_000)
    this.parts.changed()
    return over
  }

  end(): void {
    clearTimeout(this.timer)
    const { resolve } = this
    this.resolve = undefined
    this.until = undefined
    resolve?.()
  }
}
