import { setTimeout as sleep } from 'node:timers/promises'
import { dayMs, minuteMs } from '../../core/time/time.ts'
import { accountKey } from '../../lambdas/store/keys.ts'
import { isPassing } from '../../lambdas/store/passing.ts'
import { getItem, type Item } from '../../lambdas/store/table.ts'
import { type Answer, Instance } from './instance.ts'
import type { Operation } from './operation.ts'
import { newOutside, type Outside } from './outside.ts'
import { instantOf, itemsOfState, paymentsOf } from './states.ts'
import { ring } from './stream.ts'
import type { Workbench } from './workbench.ts'

const callsMax = 40
const pauseMs = 20
const versionTriesMax = 500
/** A run of a schedule may fail, as anything: the next one goes on. */
const settlingRunsMax = 5

/** One operation on a separate table, with all that its caller and other services see. */
export class Visit {
  readonly operation: Operation
  readonly tableName: string
  readonly outside: Outside = newOutside()
  /** Faults found during the operation. */
  readonly wrong: string[] = []
  /** The part of each acknowledged answer that must be the same. */
  readonly answers: unknown[] = []
  /** Version of the account at the moment at which the operation was first acknowledged. */
  acknowledgedAt: number | undefined
  calls = 0
  private now: number
  private readonly bench: Workbench

  private constructor(bench: Workbench, operation: Operation, tableName: string) {
    this.bench = bench
    this.operation = operation
    this.tableName = tableName
    this.now = instantOf(operation.state)
  }

  /** On a fresh table in the operation's state, or on one that is there. */
  static async begin(bench: Workbench, operation: Operation, tableName?: string): Promise<Visit> {
    const items = await itemsOfState(bench, operation.state)
    return new Visit(bench, operation, tableName ?? (await bench.newTable(items)))
  }

  later(ms: number): void {
    this.now += ms
  }

  /** A cold function. */
  instance(): Promise<Instance> {
    const { tableName, outside } = this
    const payments = paymentsOf(this.operation.state)
    return Instance.start({ tableName, outside, payments, now: () => this.now })
  }

  /** Asks, and again under the same ids while the answer is 503, as every caller should. */
  async ask(): Promise<void> {
    let instance = await this.instance()
    for (let call = 0; call < callsMax; call++) {
      // The next call may meet the same function, or another one.
      if (call % 2 === 1) instance = await this.instance()
      this.calls += 1
      const { status, body } = await this.operation.run(instance)
      if (status < 300) return this.acknowledged({ status, body })
      if (status !== 503) return void this.wrong.push(`answered ${status} ${JSON.stringify(body)}`)
      await sleep(pauseMs)
    }
    this.wrong.push(`was busy ${callsMax} times`)
  }

  async settle(): Promise<void> {
    const { settle } = this.operation
    if (settle === undefined) return
    for (let run = 0; run < settlingRunsMax; run++) {
      this.later(10 * minuteMs)
      const isDone = await settle(await this.instance()).then(
        () => true,
        () => false,
      )
      if (isDone) return
    }
  }

  /** Number of entries of each kind in addition to those of the state. */
  async made(items: readonly Item[]): Promise<Readonly<Record<string, number>>> {
    const before = await itemsOfState(this.bench, this.operation.state)
    const counts: Record<string, number> = {}
    for (const [all, sign] of [[items, 1] as const, [before, -1] as const])
      for (const { kind, team } of all)
        if (team !== undefined) counts[String(kind)] = (counts[String(kind)] ?? 0) + sign
    return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0))
  }

  /** Version of the account as the engine has it: the engine may just be starting again. */
  async version(): Promise<number> {
    for (let tries = 1; ; tries++) {
      try {
        const item = await getItem(this.bench.direct(this.tableName), accountKey('acme'))
        return Number(item?.version ?? 0)
      } catch (error) {
        if (!isPassing(error) || tries === versionTriesMax) throw error
        await sleep(pauseMs)
      }
    }
  }

  async acknowledged({ body }: Answer): Promise<void> {
    this.acknowledgedAt ??= await this.version()
    const { essence } = this.operation
    this.answers.push(essence === undefined ? body : essence(body))
  }
}

/** The steps around an operation. */
export type Course = (visit: Visit) => Promise<void>

/** Only the call itself. */
export const asked: Course = (visit) => visit.ask()

/** Until it is answered. Undisturbed, it is what everything else is compared with. */
export const untilAnswered: Course = async (visit) => {
  await visit.ask()
  await visit.settle()
}

/** Until it is answered, and then once more, as if that answer had been lost. */
export const andAgain: Course = async (visit) => {
  await visit.ask()
  if (visit.operation.isRepeatable !== false) await visit.ask()
  await visit.settle()
}

/** Clocks of functions are off by milliseconds; this is far more. */
const clockOffMs = 2 * minuteMs

export const withClockAhead: Course = async (visit) => {
  visit.later(clockOffMs)
  await visit.ask()
  await visit.settle()
}

/** First a function whose clock is ahead, and then, as if that answer had been lost, one whose clock is behind. */
export const withClocksOff: Course = async (visit) => {
  visit.later(clockOffMs)
  await visit.ask()
  visit.later(-2 * clockOffMs)
  if (visit.operation.isRepeatable !== false) await visit.ask()
  visit.later(2 * clockOffMs)
  await visit.settle()
}

export const twiceAtOnce: Course = async (visit) => {
  await Promise.all([visit.ask(), visit.ask()])
  await visit.settle()
}

/** The stream rings for every version that the operation has made, as `order` puts them. */
export const streamed =
  (order: (versions: readonly number[]) => readonly number[]): Course =>
  async (visit) => {
    await visit.ask()
    const versions = Array.from({ length: await visit.version() }, (_, index) => index + 1)
    await ring(await visit.instance(), order(versions))
  }

/** A schedule fires on time, and again a day later. */
export const onTime: Course = async (visit) => {
  await visit.ask()
  await aDayLate(visit)
}

export const aDayLate: Course = async (visit) => {
  visit.later(dayMs)
  await visit.ask()
  await visit.settle()
}

/** No schedule fires; the next call of the team comes upon what time has done. */
export const never: Course = async (visit) => {
  visit.later(dayMs)
  const { deps } = await visit.instance()
  await deps.operations.advance('acme')
}
