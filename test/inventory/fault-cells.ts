import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readFaultPage } from '../faults/fault-page-reader.ts'
import type { Inventory } from './inventory.ts'

/** Cells of the fault table as `docs/fault-table.md` shows them; the table's own test keeps that page true. */
export function readFaultCells(root: string): Pick<Inventory, 'faults' | 'faultCells'> {
  const { faults, rows } = readFaultPage(readFileSync(join(root, 'docs/fault-table.md'), 'utf8'))
  const cells = [...rows].map(([operation, row]) => [
    operation,
    row.map((cell) => (cell === '✓' ? 'x' : '-')).join(''),
  ])
  return { faults, faultCells: Object.fromEntries(cells) }
}
