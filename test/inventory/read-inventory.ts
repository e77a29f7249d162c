import { readFaultCells } from './fault-cells.ts'
import type { Inventory } from './inventory.ts'
import { countKillPoints } from './kill-points.ts'
import { listTests } from './listed-tests.ts'
import { listViews } from './views.ts'

/** Collects what the checkout at `root`, which is this one, proves today. Takes about 20 seconds of a core. */
export async function readInventory(root: string): Promise<Inventory> {
  const tests = await listTests(root)
  return { tests, ...readFaultCells(root), killPoints: await countKillPoints(), views: listViews(tests) }
}
