import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { DomainEvent } from '../../core/events/domain-event.ts'
import { Barrier, type Point } from './barrier.ts'
import { Comparison } from './comparison.ts'
import type { SeenRequest } from './fault-proxy.ts'
import type { Order, Report } from './kill-child.ts'
import type { Operation } from './operation.ts'
import { asked, untilAnswered, Visit } from './visit.ts'
import { functionEnvironment, type Workbench } from './workbench.ts'

/** Operations that die in one process. Each is held at its own point, and no client waits for longer than 3 seconds. */
const perDeath = 32
/** Tries of a point that its process was too slow to reach. */
const roundsMax = 4

const child = fileURLToPath(new URL('./kill-child.ts', import.meta.url))

interface Death extends Point {
  readonly operation: Operation
}

export interface Killed {
  readonly points: number
  readonly deaths: number
  readonly wrong: readonly string[]
}

/** Kills the process of each operation before and after each of its requests, and asks again in another one. */
export class KillBattery {
  private readonly bench: Workbench
  private readonly operations: readonly Operation[]
  private readonly comparison: Comparison
  private readonly wrong: string[] = []
  private points = 0
  private deaths = 0

  constructor(bench: Workbench, operations: readonly Operation[]) {
    this.bench = bench
    this.operations = operations
    this.comparison = new Comparison(bench)
  }

  async run(): Promise<Killed> {
    let missed: readonly Death[] = await this.allDeaths()
    for (let round = 0; round < roundsMax && missed.length > 0; round++) missed = await this.killAll(missed)
    for (const { operation, point } of missed)
      this.wrong.push(`${operation.name}: never reached request ${point}`)
    for (const [{ name }, wrong] of await this.comparison.check())
      this.wrong.push(...wrong.map((line) => `${name}: ${line}`))
    return { points: this.points, deaths: this.deaths, wrong: this.wrong }
  }

  private async allDeaths(): Promise<readonly Death[]> {
    const deaths: Death[] = []
    for (const operation of this.operations) {
      // Later runs of schedules belong to another function.
      const course = operation.settle === undefined ? untilAnswered : asked
      const { requests } = await this.comparison.calm(operation, course)
      for (const [index] of requests.entries())
        for (const isAfter of [false, true]) deaths.push({ operation, point: index + 1, isAfter })
    }
    // Operations that reach their points at about the same time die together.
    return deaths.toSorted((a, b) => a.point - b.point)
  }

  /** Returns those that did not reach their point in time. */
  private async killAll(deaths: readonly Death[]): Promise<readonly Death[]> {
    const missed: Death[] = []
    let next = await this.start()
    for (let start = 0; start < deaths.length; start += perDeath) {
      const process = next
      const starting = this.start()
      missed.push(...(await this.killOne(process, deaths.slice(start, start + perDeath))))
      next = await starting
    }
    await end(next)
    return missed
  }

  /** Starts a process and waits until it is ready for work. */
  private async start(): Promise<ChildProcess> {
    const env = { PATH: process.env.PATH, ...functionEnvironment(this.bench.proxy.endpoint) }
    const started = fork(child, { env, execPath: process.execPath, execArgv: [] })
    await once(started, 'message')
    return started
  }

  private async killOne(process: ChildProcess, deaths: readonly Death[]): Promise<readonly Death[]> {
    const barrier = new Barrier(deaths.length)
    const dying = await Promise.all(deaths.map((death) => this.prepare(barrier, death)))
    const byTable = new Map(dying.map((victim) => [victim.visit.tableName, victim]))
    const answered = new Set<Dying>()
    process.on('message', (report: Report) => {
      const reporter = byTable.get(report.tableName)
      if (reporter === undefined) return
      if ('said' in report) return hear(reporter.visit, report.said)
      answered.add(reporter)
      reporter.leave()
    })
    process.once('exit', (_, signal) => {
      if (signal !== 'SIGKILL') this.wrong.push('a process ended by itself')
      for (const { leave } of dying) leave()
    })
    for (const { visit, death } of dying)
      process.send({ tableName: visit.tableName, name: death.operation.name } satisfies Order)
    await barrier.isFull
    await end(process)
    barrier.open()
    this.deaths += 1
    await Promise.all(dying.map(({ visit }) => this.goOn(visit)))
    this.points += deaths.length - answered.size
    // An operation that found the catalog fresh makes fewer requests than usual and has no such point.
    return [...answered].flatMap(({ death, seen }) => (seen.length < death.point ? [] : [death]))
  }

  private async prepare(barrier: Barrier, death: Death): Promise<Dying> {
    const { operation } = death
    const visit = await Visit.begin(this.bench, operation)
    const { disturbance, leave } = barrier.place(death)
    const seen = this.bench.proxy.watch(visit.tableName, disturbance.plan ?? (() => undefined))
    const { visit: calm } = await this.comparison.calm(operation, untilAnswered)
    const where = `${operation.name}, killed ${disturbance.where}`
    this.comparison.add({ visit, calm, wrong: this.wrong, where })
    return { death, visit, leave, seen }
  }

  /** Repeats the request in another process, under the same ids. */
  private async goOn(visit: Visit): Promise<void> {
    this.bench.proxy.watch(visit.tableName, () => undefined)
    // The caller does not know whether it was asked before.
    visit.calls += 1
    await untilAnswered(visit).catch((error) => visit.wrong.push(`threw ${error}`))
  }
}

interface Dying {
  readonly death: Death
  readonly visit: Visit
  readonly leave: () => void
  readonly seen: readonly SeenRequest[]
}

function hear({ outside }: Visit, { to, what }: { readonly to: string; readonly what: unknown }): void {
  if (to === 'events') outside.events.push(what as DomainEvent)
  else outside.heard.add(String(what))
}

async function end(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return
  const gone = once(process, 'exit')
  process.kill('SIGKILL')
  await gone
}
