import type { Demand } from './backing.ts'

/**
 * The most that pay-as-you-go may have to pay, in US cents, when some units are demanded in an unknown order and each is
 * paid by tokens if they cover it whole, else by money. Zero when the tokens cover all. Never under the truth, and over
 * it by at most one unit per meter: tokens are spent until fewer are left than the dearest unit costs, at worst on the
 * units that are cheapest in money.
 */
export function dearestMoney(demands: readonly Demand[], milliTokens: number): number {
  const wanted = demands.filter((demand) => demand.units > 0)
  if (inTokens(wanted) <= milliTokens) return 0
  const money = wanted.reduce((sum, demand) => sum + demand.units * demand.usdCentsPerUnit, 0)
  const dearestUnit = Math.max(...wanted.map((demand) => demand.milliTokensPerUnit))
  return money - leastMoney(wanted, Math.max(0, milliTokens - dearestUnit + 1))
}

/** What the demanded units cost when tokens pay them all, in thousandths. */
export function inTokens(demands: readonly Demand[]): number {
  return demands.reduce((sum, demand) => sum + demand.units * demand.milliTokensPerUnit, 0)
}

/** The least money that at least so many tokens are worth, taking the units that are cheapest in money per token first. */
function leastMoney(demands: readonly Demand[], milliTokens: number): number {
  const isOnlyOne = demands.length === 1
  let missing = milliTokens
  let money = 0
  const cheapestFirst = demands
    .filter((demand) => demand.milliTokensPerUnit > 0)
    .toSorted((a, b) => a.usdCentsPerUnit * b.milliTokensPerUnit - b.usdCentsPerUnit * a.milliTokensPerUnit)
  for (const { units, milliTokensPerUnit, usdCentsPerUnit } of cheapestFirst) {
    const needed = missing / milliTokensPerUnit
    const taken = Math.min(units, isOnlyOne ? Math.ceil(needed) : needed)
    money += taken * usdCentsPerUnit
    missing -= taken * milliTokensPerUnit
    if (missing <= 0) break
  }
  return Math.floor(money)
}
