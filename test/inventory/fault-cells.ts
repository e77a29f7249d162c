import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Inventory } from './inventory.ts'

/** Cells of the fault table as `docs/fault-table.md` shows them; the table's own test keeps that page true. */
export function readFaultCells(root: string): Pick<Inventory, 'faults' | 'faultCells'> {
  const lines = readFileSync(join(root, 'docs/fault-table.md'), 'utf8').split('\n')
  const rowsUnder = (head: string) => {
    const start = lines.findIndex((line) => line.startsWith(head)) + 2
    const rows = lines.slice(start, lines.indexOf('', start))
    return rows.map((row) => row.slice(2, -2).split(' | '))
  }
  const faults = rowsUnder('|  | fault |').map(([, name = '']) => name)
  const cells = rowsUnder('| operation |').map(([operation = '', ...row]) => [
    operation,
    row.map((cell) => (cell === '✓' ? 'x' : '-')).join(''),
  ])
  return { faults, faultCells: Object.fromEntries(cells) }
}
