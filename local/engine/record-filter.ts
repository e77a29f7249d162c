/** Returns true if a stream record goes to the function. */
export type RecordFilter = (record: unknown) => boolean

/**
 * Compiles filter patterns: objects that end in lists of exact values, of which one must match. A record
 * passes when any pattern accepts it, and always when there are no patterns. Throws when a pattern uses an
 * operator such as `prefix`.
 */
export function compileFilter(patterns: readonly string[] = []): RecordFilter {
  const filters = patterns.map((pattern) => compileObject(JSON.parse(pattern)))
  return (record) => filters.length === 0 || filters.some((accepts) => accepts(record))
}

function compileObject(pattern: unknown): RecordFilter {
  if (Array.isArray(pattern)) return compileValues(pattern)
  if (typeof pattern !== 'object' || pattern === null)
    throw new Error(`filter value ${pattern} must be in a list`)
  const fields = Object.entries(pattern).map(([key, inner]) => [key, compileObject(inner)] as const)
  return (record) =>
    typeof record === 'object' &&
    record !== null &&
    fields.every(([key, accepts]) => accepts(Object.getOwnPropertyDescriptor(record, key)?.value))
}

function compileValues(values: readonly unknown[]): RecordFilter {
  const unknown = values.find((value) => typeof value === 'object' && value !== null)
  if (unknown !== undefined) throw new Error(`filter ${JSON.stringify(unknown)} is not known`)
  return (value) => values.includes(value)
}
