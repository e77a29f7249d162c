import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { CallerMessage, type CallerTask, ownLogOf } from './messages.ts'
import { type CallCounts, readOwnLog } from './own-log.ts'

const program = fileURLToPath(new URL('caller.ts', import.meta.url))
const triesMax = 10_000
const pauseMs = 3

type Done = Extract<CallerMessage, { kind: 'done' }>

export interface CallerResult {
  readonly name: string
  readonly kills: number
  /** By its own log, of all its processes. */
  readonly admitted: number
  /** Counts of the last process, which ended by itself. */
  readonly done: Done | undefined
}

/** One caller of a run. It is a new process after each kill, with the same folder. */
export class CallerProcess {
  readonly name: string
  readonly #task: CallerTask
  #child: ChildProcess | undefined
  #failure: string | undefined
  /** True while its calls are refused; undefined before its first answer. */
  isRefused: boolean | undefined
  /** Epoch milliseconds at which a call was last allowed after a refused one, or after its start. */
  allowedAt = 0
  #kills = 0
  #done: Done | undefined

  constructor(name: string, task: CallerTask) {
    this.name = name
    this.#task = task
    mkdirSync(task.folder, { recursive: true })
  }

  start(): void {
    this.isRefused = undefined
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const
    const child = spawn(process.execPath, [program, JSON.stringify(this.#task)], { stdio: [...stdio] })
    this.#child = child
    child.on('message', (message) => this.#take(v.parse(CallerMessage, message)))
    child.on('exit', (code) => {
      const isExpected = this.#child !== child || code === 0
      if (!isExpected) this.#failure = `${this.name} ended with ${code ?? child.signalCode}`
    })
  }

  get counts(): CallCounts {
    return readOwnLog(ownLogOf(this.#task.folder))
  }

  /** Describes a caller of a run that does not go on. */
  get state(): string {
    const { asked, answered } = this.counts
    return `${this.name} is ${this.isRefused ? 'refused' : 'allowed or silent'}, ${answered} of ${asked} answered`
  }

  get result(): CallerResult {
    return { name: this.name, kills: this.#kills, admitted: this.counts.admitted, done: this.#done }
  }

  /** Throws if the process has ended by itself. */
  check(): void {
    if (this.#failure !== undefined) throw new Error(this.#failure)
  }

  /**
   * Ends the process with kill -9. A kill between the spool's write and the own log's would leave a few calls of which
   * nobody can say if they were answered, so the two files could differ rightly. Therefore the process is frozen first,
   * and goes on if its log shows calls without an answer. Its memory, its leases and its requests are lost all the same.
   */
  async kill(): Promise<void> {
    const child = this.#child
    if (child?.pid === undefined) throw new Error(`${this.name} is not running`)
    for (let tries = 0; tries < triesMax; tries++) {
      await sleep(pauseMs)
      this.check()
      if (!this.#isBetweenTurns) continue
      process.kill(child.pid, 'SIGSTOP')
      while (!isStopped(child.pid)) await sleep(1)
      // It may have begun a turn before it stopped.
      if (this.#isBetweenTurns) return this.#endAtOnce(child)
      process.kill(child.pid, 'SIGCONT')
    }
    throw new Error(`${this.name} was never between two turns`)
  }

  /** Has it stop calling, report everything and end. */
  async stop(): Promise<void> {
    const child = this.#child
    if (child === undefined || child.exitCode !== null) return this.check()
    const gone = once(child, 'exit')
    child.send('stop')
    await gone
    this.check()
  }

  /** Ends it in any state, after a failure of the run. */
  abandon(): void {
    this.#child?.kill('SIGKILL')
  }

  /** True if its log shows no call without an answer. */
  get #isBetweenTurns(): boolean {
    const { asked, answered } = this.counts
    return asked === answered
  }

  async #endAtOnce(child: ChildProcess): Promise<void> {
    const gone = once(child, 'exit')
    this.#child = undefined
    child.kill('SIGKILL')
    await gone
    this.#kills += 1
  }

  #take(message: CallerMessage): void {
    if (message.kind === 'done') this.#done = message
    else {
      this.isRefused = message.kind === 'refused'
      if (message.kind === 'allowed') this.allowedAt = message.at
    }
  }
}

/** True when a process that received SIGSTOP has stopped. */
function isStopped(pid: number): boolean {
  return spawnSync('ps', ['-o', 'state=', '-p', String(pid)])
    .stdout.toString()
    .trim()
    .startsWith('T')
}
