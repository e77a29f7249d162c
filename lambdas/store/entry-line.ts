import type { Entry } from '../../core/journal/entry.ts'
import { toToday } from './entry-item.ts'

/** An entry as one line of JSON, its fields in order of their names: the same entry is always the same line. */
export function toLine(entry: Entry): string {
  return JSON.stringify(entry, inOrder)
}

/** Throws on a line that is not an entry. */
export function fromLine(line: string): Entry {
  const value: unknown = JSON.parse(line)
  if (!isEntry(value)) throw new Error('it is no entry')
  return toToday(value)
}

function isEntry(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const { teamId, kind, version, at } = value as Record<string, unknown>
  const isWhole = Number.isSafeInteger(version) && Number.isSafeInteger(at)
  return typeof teamId === 'string' && typeof kind === 'string' && isWhole
}

/** The table gives the fields of an item in any order. */
function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
