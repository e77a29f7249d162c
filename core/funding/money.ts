/** The most that the open authorizations of one meter may still cost: whole units, at the dearest known rate until they end. */
export interface Demand {
  readonly units: number
  readonly milliTokensPerUnit: number
  readonly usdCentsPerUnit: number
}

/**
 * The most that pay-as-you-go may have to pay, in US cents, when some units are demanded in an unknown order and each is
 * paid by tokens if they cover it whole, else by money. Zero when the tokens cover all. Never under the truth, and,
 * where all tokens have one price in money, over it by at most one unit per meter.
 *
 * At the end some unit went to money because fewer tokens were left than it costs. Take the cheapest such unit: all
 * cheaper ones were paid by tokens, and of the rest at worst those that are worth the least money.
 */
export function dearestMoney(demands: readonly Demand[], milliTokens: number): number {
  const wanted = demands.filter((demand) => demand.units > 0 && demand.milliTokensPerUnit > 0)
  if (inTokens(wanted) <= milliTokens) return 0
  const all = inMoney(wanted)
  const prices = [...new Set(wanted.map((demand) => demand.milliTokensPerUnit))]
  return Math.max(
    ...prices.map((price) => {
      const cheaper = wanted.filter((demand) => demand.milliTokensPerUnit < price)
      const rest = milliTokens - inTokens(cheaper)
      if (rest < 0) return 0
      const others = wanted.filter((demand) => demand.milliTokensPerUnit >= price)
      return all - inMoney(cheaper) - leastMoney(others, rest, Math.max(0, rest - price + 1))
    }),
  )
}

/** Price of the demanded units, in thousandths of tokens, if tokens pay for all of them. */
export function inTokens(demands: readonly Demand[]): number {
  return demands.reduce((sum, demand) => sum + demand.units * demand.milliTokensPerUnit, 0)
}

function inMoney(demands: readonly Demand[]): number {
  return demands.reduce((sum, demand) => sum + demand.units * demand.usdCentsPerUnit, 0)
}

/** The least money that units are worth on which at least `spent` of `milliTokens` go: the cheapest in money come first. */
function leastMoney(demands: readonly Demand[], milliTokens: number, spent: number): number {
  const isOnlyOne = demands.length === 1
  let missing = spent
  let money = 0
  const cheapestFirst = demands.toSorted(
    (a, b) => a.usdCentsPerUnit * b.milliTokensPerUnit - b.usdCentsPerUnit * a.milliTokensPerUnit,
  )
  for (const { units, milliTokensPerUnit, usdCentsPerUnit } of cheapestFirst) {
    const needed = missing / milliTokensPerUnit
    const affordable = Math.min(units, Math.floor(milliTokens / milliTokensPerUnit))
    const taken = Math.min(affordable, isOnlyOne ? Math.ceil(needed) : needed)
    money += taken * usdCentsPerUnit
    missing -= taken * milliTokensPerUnit
    if (missing <= 0) break
  }
  return Math.floor(money)
}
