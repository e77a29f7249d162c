import type { RouteLimit } from '../wiring.ts'

interface Bucket {
  tokens: number
  filledAt: number
}

/**
 * Limits the calls of each route as API Gateway does, by a token bucket: `burst` calls at once, refilled at `perSecond`. Real
 * time counts, whatever the test clock shows. The result is false for a call above the limit.
 */
export function makeRateLimits(
  limits: readonly RouteLimit[],
  now: () => number = () => performance.now(),
): (routeKey: string) => boolean {
  const byKey = new Map(limits.map((limit) => [limit.routeKey, limit]))
  const buckets = new Map<string, Bucket>()
  return (routeKey) => {
    const limit = byKey.get(routeKey) ?? byKey.get(undefined)
    if (limit === undefined) return true
    const at = now()
    const { tokens, filledAt } = buckets.get(routeKey) ?? { tokens: limit.burst, filledAt: at }
    const filled = Math.min(limit.burst, tokens + ((at - filledAt) / 1_000) * limit.perSecond)
    const isAllowed = filled >= 1
    buckets.set(routeKey, { tokens: isAllowed ? filled - 1 : filled, filledAt: at })
    return isAllowed
  }
}
