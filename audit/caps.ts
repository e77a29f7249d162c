import { unitsOf } from '../core/account/charges.ts'
import type { Cap, Entry } from '../core/journal/entry.ts'

/** The most caps that are remembered at once, so that a long journal needs no more memory. The oldest are forgotten first. */
const capsMax = 10_000

/**
 * Checks, from the entries alone, that no authorization is charged more than its cap. Each charge must be counted in the cap
 * at both of its prices, of which the entry shows the one that was paid.
 */
export class CapSums {
  /** The caps of open authorizations after their latest entry. */
  private readonly caps = new Map<string, Cap>()

  add(entry: Entry): string[] {
    if (!('authorization' in entry)) return []
    const { authorizationId, cap, closed } = entry.authorization
    if (cap === undefined) return []
    const before = this.caps.get(authorizationId)
    this.caps.delete(authorizationId)
    if (!closed) this.remember(authorizationId, cap)
    const isPassed = cap.chargedMilliTokens > cap.milliTokens || cap.chargedUsdCents > cap.usdCents
    return [
      ...(isPassed ? [`authorization ${authorizationId} is charged more than its cap`] : []),
      ...(before !== undefined && entry.kind === 'capture' && !isCounted(entry, before, cap)
        ? [`the cap of authorization ${authorizationId} does not count its charges`]
        : []),
    ]
  }

  private remember(authorizationId: string, cap: Cap): void {
    this.caps.set(authorizationId, cap)
    const [oldest] = this.caps.keys()
    if (this.caps.size > capsMax && oldest !== undefined) this.caps.delete(oldest)
  }
}

/** True if the cap has counted at least what the charges of a capture show, and something where there is a unit. */
function isCounted({ usage }: Extract<Entry, { kind: 'capture' }>, before: Cap, after: Cap): boolean {
  const milliTokens = after.chargedMilliTokens - before.chargedMilliTokens
  const usdCents = after.chargedUsdCents - before.chargedUsdCents
  let [tokensPaid, centsPaid] = [0, 0]
  for (const charge of usage.charges) {
    if (charge.source === 'flex') tokensPaid += charge.milliTokens
    if (charge.source === 'pay-as-you-go') centsPaid += charge.usdCents
    if (charge.source !== 'shortfall') continue
    tokensPaid += charge.units * charge.milliTokensPerUnit
    centsPaid += charge.units * charge.usdCentsPerUnit
  }
  const hasNone = unitsOf(usage.charges) === 0
  return milliTokens >= tokensPaid && usdCents >= centsPaid && (!hasNone || milliTokens + usdCents === 0)
}
