/**
 * Lists each place where two values differ, as `path is FOUND, by its journal EXPECTED`; undefined counts as
 * absent.
 */
export function differences(found: unknown, expected: unknown, path = ''): string[] {
  if (Object.is(found, expected)) return []
  if (!isNode(found) || !isNode(expected) || Array.isArray(found) !== Array.isArray(expected))
    return [`${path === '' ? '/' : path} is ${shown(found)}, by its journal ${shown(expected)}`]
  const keys = new Set([...Object.keys(expected), ...Object.keys(found)])
  return [...keys].flatMap((key) => differences(found[key], expected[key], `${path}/${key}`))
}

function isNode(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function shown(value: unknown): string {
  return value === undefined ? 'absent' : JSON.stringify(value)
}
