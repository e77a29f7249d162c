import { Battery, type FaultTable } from './battery.ts'
import { faultsFound, toPage } from './fault-page.ts'
import type { Operation } from './operation.ts'
import { Workbench } from './workbench.ts'

export interface TableRun {
  readonly page: string
  readonly found: readonly string[]
  readonly points: number
  readonly seconds: number
}

type Choose = (operations: readonly Operation[]) => readonly Operation[]

/** Fills the rows of the fault table that `choose` keeps: by default all. */
export async function runTable(choose: Choose = (all) => all): Promise<TableRun> {
  const startedAt = performance.now()
  const { table, operations } = await withBattery(choose, (battery) => battery.run())
  return {
    page: toPage(table, operations),
    found: faultsFound(table, operations),
    points: pointsOf(table),
    seconds: (performance.now() - startedAt) / 1_000,
  }
}

export interface ColumnVisits {
  /** Names of the faults that an operation met. */
  readonly faults: readonly string[]
  /** Names of the operations that met a fault. */
  readonly operations: readonly string[]
  readonly wrong: readonly string[]
}

/** Visits each column of the fault table once, in turn with all operations that its fault can meet. */
export async function visitColumns(): Promise<ColumnVisits> {
  const { table } = await withBattery(
    (all) => all,
    (battery) => battery.visitColumns(),
  )
  const cells = [...table].flatMap(([operation, row]) =>
    [...row].map(([fault, cell]) => ({ operation, fault, ...cell })),
  )
  const met = cells.filter(({ points }) => points > 0)
  return {
    faults: [...new Set(met.map(({ fault }) => fault))],
    operations: [...new Set(met.map(({ operation }) => operation))],
    wrong: cells.flatMap(({ operation, fault, wrong }) =>
      wrong.map((line) => `${operation} × ${fault}: ${line}`),
    ),
  }
}

async function withBattery(choose: Choose, run: (battery: Battery) => Promise<FaultTable>) {
  const bench = await Workbench.start()
  try {
    // Loading handlers makes them read the environment, which is set by now.
    const { operations: all } = await import('./team-operations.ts')
    const operations = choose(all)
    return { operations, table: await run(new Battery(bench, operations)) }
  } finally {
    await bench.stop()
  }
}

function pointsOf(table: FaultTable): number {
  return [...table.values()].flatMap((row) => [...row.values()]).reduce((sum, { points }) => sum + points, 0)
}
