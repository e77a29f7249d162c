/** The most that the open authorizations of one meter may still cost: whole units, at the dearest known rate until they end. */
export interface Demand {
  readonly units: number
  readonly milliTokensPerUnit: number
  readonly usdCentsPerUnit: number
  /**
   * Present where rates that differ may price the units: the most, in thousandths of tokens, that one unit may cost. Infinite
   * where the rates also differ in unit size.
   */
  readonly refusableMilliTokens?: number
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
  if (wanted.some((demand) => demand.refusableMilliTokens !== undefined)) {
    return all - leastMoneyOfAnyRate(wanted, milliTokens)
  }
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

/**
 * The least money that tokens save when any of several rates may price a unit. A unit goes to money only where fewer tokens
 * are left than the dearest unit costs, so all others are spent, at worst where they are worth the least money.
 */
function leastMoneyOfAnyRate(demands: readonly Demand[], milliTokens: number): number {
  const dearest = Math.max(
    ...demands.map((demand) => demand.refusableMilliTokens ?? demand.milliTokensPerUnit),
  )
  let missing = Math.max(0, milliTokens - dearest + 1)
  let money = 0
  for (const { units, milliTokensPerUnit, usdCentsPerUnit } of cheapestFirst(demands)) {
    const taken = Math.min(units, missing / milliTokensPerUnit)
    money += taken * usdCentsPerUnit
    missing -= taken * milliTokensPerUnit
    if (missing <= 0) break
  }
  return Math.floor(money)
}

function cheapestFirst(demands: readonly Demand[]): readonly Demand[] {
  return demands.toSorted(
    (a, b) => a.usdCentsPerUnit * b.milliTokensPerUnit - b.usdCentsPerUnit * a.milliTokensPerUnit,
  )
}

/** The least money that units are worth on which at least `spent` of `milliTokens` go: the cheapest in money come first. */
function leastMoney(demands: readonly Demand[], milliTokens: number, spent: number): number {
  const isOnlyOne = demands.length === 1
  let missing = spent
  let money = 0
  for (const { units, milliTokensPerUnit, usdCentsPerUnit } of cheapestFirst(demands)) {
    const needed = missing / milliTokensPerUnit
    const affordable = Math.min(units, Math.floor(milliTokens / milliTokensPerUnit))
    const taken = Math.min(affordable, isOnlyOne ? Math.ceil(needed) : needed)
    money += taken * usdCentsPerUnit
    missing -= taken * milliTokensPerUnit
    if (missing <= 0) break
  }
  return Math.floor(money)
}
