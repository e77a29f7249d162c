import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as v from 'valibot'
import { readJson, writeJson } from '../../audit/data-folder/json-file.ts'
import type { DeadLetters } from '../services/dead-letters.ts'
import type { Schedule } from '../wiring.ts'

const checkMilliseconds = 5_000
const attemptsMax = 3

const Saved = v.object({ checkedAt: v.number() })

export interface RunnerParts {
  readonly schedules: readonly Schedule[]
  readonly dataDir: string
  readonly now: () => number
  readonly invoke: (functionId: string, event: unknown) => Promise<unknown>
  readonly deadLetters: DeadLetters
}

/** Fires the template's schedules by the test clock, and by real time while the clock is not set. */
export class ScheduleRunner {
  private readonly parts: RunnerParts
  private readonly file: string
  /** Every schedule that was due up to this instant (epoch milliseconds) has fired. */
  private checkedAt: number
  private work: Promise<void> = Promise.resolve()
  private timer: NodeJS.Timeout | undefined

  constructor(parts: RunnerParts) {
    this.parts = parts
    this.file = join(parts.dataDir, 'schedules.json')
    const saved = readJson(this.file)
    this.checkedAt = saved === undefined ? parts.now() : v.parse(Saved, saved).checkedAt
    if (saved === undefined) this.save()
  }

  start(): void {
    this.timer = setInterval(() => void this.fireDue(), checkMilliseconds)
    void this.fireDue()
  }

  /**
   * Fires the schedules that are due since the last call, in order. A schedule that was due several times
   * fires once. Never rejects.
   */
  fireDue(): Promise<void> {
    this.work = this.work.then(() => this.fireUpTo(this.parts.now()))
    return this.work
  }

  /**
   * Starts at the clock's instant and ignores earlier due times. For a clock that moved while the runner did
   * not watch it.
   */
  forget(): void {
    this.checkedAt = this.parts.now()
    this.save()
  }

  async stop(): Promise<void> {
    clearInterval(this.timer)
    await this.work
  }

  private async fireUpTo(now: number): Promise<void> {
    const due = this.parts.schedules
      .map((schedule) => ({ schedule, at: schedule.cron(this.checkedAt) ?? Number.POSITIVE_INFINITY }))
      .filter(({ at }) => at <= now)
      .sort((a, b) => a.at - b.at)
    for (const { schedule } of due) await this.fire(schedule)
    if (now <= this.checkedAt) return
    this.checkedAt = now
    if (due.length > 0) this.save()
  }

  private save(): void {
    writeJson(this.file, { checkedAt: this.checkedAt })
  }

  private async fire({ id, functionId, input }: Schedule): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.parts.invoke(functionId, input)
        return
      } catch (cause) {
        if (attempt === attemptsMax) return this.parts.deadLetters(id, cause, input)
        await sleep(100 * attempt)
      }
    }
  }
}
