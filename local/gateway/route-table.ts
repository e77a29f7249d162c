/** A matching route with its decoded path parameters. */
export interface Match<T> {
  readonly route: T
  readonly parameters: Readonly<Record<string, string>>
}

interface Pattern<T> {
  readonly route: T
  readonly method: string
  readonly segments: readonly string[]
}

const parameterName = /^\{(\w+)\}$/

/**
 * Finds routes as API Gateway does: all segments must match, and a literal segment takes precedence over a
 * parameter, from the left. A route of `ANY` method takes those that no other route of its path takes. The lookup returns undefined when no route matches or a parameter is not valid
 * percent-encoding.
 */
export function makeRouteTable<T extends { readonly key: string }>(
  routes: readonly T[],
): (method: string, rawPath: string) => Match<T> | undefined {
  const patterns = routes.map(toPattern).sort(mostExactFirst)
  return (method, rawPath) => {
    const segments = rawPath.split('/').slice(1)
    const found = patterns.find(
      (pattern) =>
        (pattern.method === method || pattern.method === 'ANY') && fits(pattern.segments, segments),
    )
    return found && decode(found, segments)
  }
}

function toPattern<T extends { readonly key: string }>(route: T): Pattern<T> {
  const [method = '', path = ''] = route.key.split(' ')
  return { route, method, segments: path.split('/').slice(1) }
}

function mostExactFirst<T>(a: Pattern<T>, b: Pattern<T>): number {
  return rank(a).localeCompare(rank(b))
}

function rank<T>({ segments, method }: Pattern<T>): string {
  const path = segments.map((segment) => (parameterName.test(segment) ? '1' : '0')).join('')
  return `${path}${method === 'ANY' ? '1' : '0'}`
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, index) =>
      parameterName.test(part) ? segments[index] !== '' : part === segments[index],
    )
  )
}

function decode<T>(
  { route, segments: pattern }: Pattern<T>,
  segments: readonly string[],
): Match<T> | undefined {
  const parameters: Record<string, string> = {}
  for (const [index, part] of pattern.entries()) {
    const name = parameterName.exec(part)?.[1]
    const value = decodeSegment(segments[index] ?? '')
    if (value === undefined) return undefined
    if (name !== undefined) parameters[name] = value
  }
  return { route, parameters }
}

function decodeSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}
