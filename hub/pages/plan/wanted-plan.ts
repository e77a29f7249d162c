import type { BalanceAnswer as Balance } from '../../../contract/get-balance.ts'
import type { Body } from '../../api/client.ts'

/** A plan that is being chosen. Undefined: no plan is chosen yet. */
export interface WantedPlan {
  readonly plan: 'free' | 'paid' | undefined
  readonly payAsYouGo: boolean
  /** Undefined: no limit. */
  readonly spendLimitUsdCents: number | undefined
}

export type PlanBody = Body<'choosePlan'>

/** Returns the team's last choice, even if it is not in force yet. */
export function chosenPlan({ plan, nextPlan, payAsYouGo }: Balance): WantedPlan {
  const last = nextPlan?.plan ?? plan
  return {
    plan: last === 'none' ? undefined : last,
    payAsYouGo: payAsYouGo.enabled,
    spendLimitUsdCents: payAsYouGo.enabled ? payAsYouGo.spendLimitUsdCents : undefined,
  }
}

/**
 * Returns the complete request to choose the plan: everything that it does not name is off. Undefined while no plan is
 * chosen.
 */
export function planBody({ plan, payAsYouGo, spendLimitUsdCents }: WantedPlan): PlanBody | undefined {
  if (plan === undefined) return undefined
  if (plan === 'free') return { plan }
  if (!payAsYouGo) return { plan, payAsYouGo }
  return { plan, payAsYouGo, ...(spendLimitUsdCents !== undefined && { spendLimitUsdCents }) }
}

export function isSamePlan(first: WantedPlan, other: WantedPlan): boolean {
  return JSON.stringify(planBody(first)) === JSON.stringify(planBody(other))
}
