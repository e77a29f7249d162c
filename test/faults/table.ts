import { Battery } from './battery.ts'
import { faultsFound, toPage } from './fault-page.ts'
import { Workbench } from './workbench.ts'

export interface TableRun {
  readonly page: string
  readonly found: readonly string[]
  readonly points: number
  readonly seconds: number
}

/** Fills the fault table, or the rows whose name contains a text. */
export async function runTable(only = ''): Promise<TableRun> {
  const startedAt = performance.now()
  const bench = await Workbench.start()
  try {
    // Loading handlers makes them read the environment, which is set by now.
    const { operations } = await import('./all-operations.ts')
    const chosen = operations.filter(({ name }) => name.includes(only))
    const table = await new Battery(bench, chosen).run()
    const cells = [...table.values()].flatMap((row) => [...row.values()])
    return {
      page: toPage(table, chosen),
      found: faultsFound(table, chosen),
      points: cells.reduce((sum, cell) => sum + cell.points, 0),
      seconds: (performance.now() - startedAt) / 1_000,
    }
  } finally {
    await bench.stop()
  }
}
