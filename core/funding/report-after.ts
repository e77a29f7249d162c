import type { Rate } from '../catalog/catalog.ts'

/** List price of a token, with which rates are valued that have no price in money (aps-facts, section 2). */
const usdCentsPerToken = 300

/** The base units that earn about one cent at a rate, at least one; undefined where use costs nothing. */
export function reportAfterOf({ unitSize, milliTokensPerUnit, usdCentsPerUnit }: Rate): number | undefined {
  // Thousandths of cents, so that everything is a whole number.
  const price = 1_000 * usdCentsPerUnit || milliTokensPerUnit * usdCentsPerToken
  return price > 0 ? Math.max(1, Math.floor((1_000 * unitSize) / price)) : undefined
}
