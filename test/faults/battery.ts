import { Barrier, type Point } from './barrier.ts'
import { type Column, columns, type Disturbance, engineKilledName } from './columns.ts'
import { Comparison } from './comparison.ts'
import { inParallel } from './in-parallel.ts'
import type { Operation } from './operation.ts'
import { type Course, untilAnswered, Visit } from './visit.ts'
import type { Workbench } from './workbench.ts'

const atOnce = 24
/** Operations per death of an engine. Each waits for the others, and no client waits for longer than 3 seconds. */
const perDeath = 24
const readsBeforeDeath = 1

export interface CellResult {
  /** Number of disturbances that the operation met. */
  points: number
  /** Why there are none. */
  reason?: string
  readonly wrong: string[]
}

/** By operation and column. */
export type FaultTable = ReadonlyMap<string, ReadonlyMap<string, CellResult>>

export const undisturbedName = 'undisturbed'

/** Runs every operation through every disturbance. */
export class Battery {
  private readonly bench: Workbench
  private readonly operations: readonly Operation[]
  private readonly comparison: Comparison
  private readonly table = new Map<string, Map<string, CellResult>>()

  constructor(bench: Workbench, operations: readonly Operation[]) {
    this.bench = bench
    this.operations = operations
    this.comparison = new Comparison(bench)
  }

  async run(): Promise<FaultTable> {
    for (const operation of this.operations) await this.comparison.calm(operation, untilAnswered)
    const jobs = this.operations.flatMap((operation) => this.jobsOf(operation))
    await inParallel(jobs, atOnce)
    await this.meetDeaths(
      (await Promise.all(this.operations.map((operation) => this.deathsOf(operation)))).flat(),
    )
    return this.compared()
  }

  /** Runs one operation through one disturbance of each column. Columns take their operations in turn. */
  async visitColumns(): Promise<FaultTable> {
    const jobs = columns.map((column, number) => () => this.meetOnce(column, number))
    await inParallel(jobs, atOnce)
    const [writing] = this.operations.filter(({ isRead }) => isRead !== true)
    if (writing !== undefined) await this.meetDeaths(await this.deathsOf(writing))
    return this.compared()
  }

  private async compared(): Promise<FaultTable> {
    for (const [operation, wrong] of await this.comparison.check())
      this.cell(operation, undisturbedName).wrong.push(...wrong)
    return this.table
  }

  /** An operation that only reads shares one table, where its disturbances run one after the other. */
  private jobsOf(operation: Operation): readonly (() => Promise<void>)[] {
    const jobs = columns.map((column) => () => this.meet(operation, column))
    if (operation.isRead !== true) return jobs
    return [
      async () => {
        for (const job of jobs) await job()
      },
    ]
  }

  private cell(operation: Operation, column: string): CellResult {
    const row = this.table.get(operation.name) ?? new Map<string, CellResult>()
    this.table.set(operation.name, row)
    const cell = row.get(column) ?? { points: 0, wrong: [] }
    row.set(column, cell)
    return cell
  }

  private async meet(operation: Operation, { name, course, calm, disturbances }: Column): Promise<void> {
    const cell = this.cell(operation, name)
    const { requests, visit } = await this.comparison.calm(operation, untilAnswered)
    const found = disturbances(operation, requests, visit.outside)
    if (typeof found === 'string') cell.reason = found
    else for (const disturbance of found) await this.disturb({ operation, course, calm, cell, disturbance })
  }

  /** Runs the first operation, from `number` on, that the column's fault can meet. */
  private async meetOnce({ name, course, calm, disturbances }: Column, number: number): Promise<void> {
    const inTurn = [...this.operations.slice(number), ...this.operations.slice(0, number)]
    for (const operation of inTurn) {
      const { requests, visit } = await this.comparison.calm(operation, untilAnswered)
      const found = disturbances(operation, requests, visit.outside)
      const disturbance = typeof found === 'string' ? undefined : found[0]
      if (disturbance !== undefined)
        return this.disturb({ operation, course, calm, cell: this.cell(operation, name), disturbance })
    }
  }

  private async disturb(disturbing: Disturbing): Promise<void> {
    const { visit: undisturbed } = await this.comparison.calm(disturbing.operation, disturbing.calm)
    const isShared = disturbing.operation.isRead === true
    const visit = await this.prepare(disturbing, isShared ? undisturbed.tableName : undefined)
    await follow(visit, disturbing.course)
  }

  /** Puts the disturbance in front of a fresh table, or of one that is there. */
  private async prepare(
    { operation, disturbance, calm, cell }: Disturbing,
    tableName?: string,
  ): Promise<Visit> {
    const { visit: undisturbed } = await this.comparison.calm(operation, calm)
    const visit = await Visit.begin(this.bench, operation, tableName)
    this.bench.proxy.watch(visit.tableName, disturbance.plan ?? (() => undefined))
    if (disturbance.trouble !== undefined) visit.outside.trouble = disturbance.trouble
    cell.points += 1
    this.comparison.add({ visit, calm: undisturbed, wrong: cell.wrong, where: disturbance.where })
    return visit
  }

  /**
   * The engine is killed before and after it has done each request of each operation. Those that die together have their
   * tables before the first begins, because no client waits for long, and no two share one.
   */
  private async meetDeaths(deaths: readonly Death[]): Promise<void> {
    for (let start = 0; start < deaths.length; start += perDeath) {
      const some = deaths.slice(start, start + perDeath)
      const barrier = new Barrier(some.length)
      const dying = await Promise.all(
        some.map(async (death) => {
          const { disturbance, leave } = barrier.place(death)
          return { visit: await this.prepare({ ...death, disturbance }), course: death.course, leave }
        }),
      )
      const courses = dying.map(({ visit, course, leave }) => follow(visit, course).finally(leave))
      await barrier.isFull
      await this.bench.killEngine()
      barrier.open()
      await Promise.all(courses)
    }
  }

  /** Every write and the first reads. Another test kills functions at every request. */
  private async deathsOf(operation: Operation): Promise<readonly Death[]> {
    const { requests } = await this.comparison.calm(operation, untilAnswered)
    const cell = this.cell(operation, engineKilledName)
    const base = { operation, course: untilAnswered, calm: untilAnswered, cell }
    return requests.flatMap(({ isWrite }, index) => {
      if (!isWrite && index >= readsBeforeDeath) return []
      return [false, true].map((isAfter) => ({ ...base, point: index + 1, isAfter }))
    })
  }
}

async function follow(visit: Visit, course: Course): Promise<void> {
  await course(visit).catch((error) => visit.wrong.push(`threw ${error}`))
}

interface Disturbing {
  readonly operation: Operation
  readonly course: Course
  readonly calm: Course
  readonly disturbance: Disturbance
  readonly cell: CellResult
}

type Death = Omit<Disturbing, 'disturbance'> & Point
