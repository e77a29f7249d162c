import { JournalStore } from '../lambdas/store/journal.ts'
import { StatementIndex } from '../lambdas/store/statement-index.ts'
import { StatementSearch } from '../lambdas/store/statement-search.ts'
import type { Table } from '../lambdas/store/table.ts'
import { UsageView } from '../lambdas/store/usage-view.ts'
import { counted, type Figure } from './figure.ts'
import { longWorld, rareApp, storeLong } from './long-journal.ts'
import { RequestMeter } from './request-meter.ts'

const entries = 20_000
const unitsMax = 20

/** Counts what a page of a rare filter costs on a statement of 20,000 entries, and what all of its pages cost. */
export async function countFilters(newTable: (id: string) => Promise<Table>): Promise<readonly Figure[]> {
  const table = await newTable('statement')
  const world = longWorld(entries)
  await storeLong(table, world)
  const journal = new JournalStore(table)
  await new UsageView(table, journal).catchUp('acme', world.account.version)
  const meter = new RequestMeter(table)
  const metered = new JournalStore(meter.table)
  const search = new StatementSearch(metered, new StatementIndex(meter.table, metered))
  const pages: number[] = []
  for (let before = world.account.version + 1; before > 1; ) {
    const { readUnits } = await meter.during(async () => {
      const found = await search.find({ teamId: 'acme', before, limit: 50, filter: { appId: rareApp } })
      before = found.before
    })
    pages.push(readUnits)
  }
  return [
    counted(`read units of a page of a rare filter, ${entries} entries`, Math.max(...pages), unitsMax),
    counted('… pages until the end of the statement', pages.length, 3),
  ]
}
