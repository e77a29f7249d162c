import type { Instant } from '../time/time.ts'
import type { Terms } from './account.ts'
import { termsMax } from './bounds.ts'

/** The terms after a change from `terms.from` on; terms that ended before `keptFrom` are forgotten. */
export function withTerms(history: readonly Terms[], terms: Terms, keptFrom: Instant): readonly Terms[] {
  const earlier = history.filter((other) => other.from < terms.from)
  const last = earlier.at(-1)
  const isNew = last?.plan !== terms.plan || last.payAsYouGo !== terms.payAsYouGo
  const all = isNew ? [...earlier, terms] : earlier
  const inForce = all.findLastIndex((other) => other.from <= keptFrom)
  return all.slice(Math.max(0, inForce, all.length - termsMax))
}
