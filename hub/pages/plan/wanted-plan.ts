import type { BalanceAnswer as Balance } from '../../../contract/get-balance.ts'
import type { Body } from '../../api/client.ts'

/** A plan as it is being chosen; undefined: none yet. */
export interface WantedPlan {
  readonly plan: 'free' | 'paid' | undefined
  readonly payAsYouGo: boolean
  /** Undefined: as much as is used. */
  readonly spendLimitUsdCents: number | undefined
}

export type PlanBody = Body<'choosePlan'>

/** What the team has chosen last, also when it is not in force yet. */
export function chosenPlan({ plan, nextPlan, payAsYouGo }: Balance): WantedPlan {
  const last = nextPlan?.plan ?? plan
  return {
    plan: last === 'none' ? undefined : last,
    payAsYouGo: payAsYouGo.enabled,
    spendLimitUsdCents: payAsYouGo.enabled ? payAsYouGo.spendLimitUsdCents : undefined,
  }
}

/** What is sent to choose it, whole: what it does not name is off. Undefined while no plan is chosen. */
export function planBody({ plan, payAsYouGo, spendLimitUsdCents }: WantedPlan): PlanBody | undefined {
  if (plan === undefined) return undefined
  if (plan === 'free') return { plan }
  if (!payAsYouGo) return { plan, payAsYouGo }
  return { plan, payAsYouGo, ...(spendLimitUsdCents !== undefined && { spendLimitUsdCents }) }
}

export function isSamePlan(one: WantedPlan, other: WantedPlan): boolean {
  return JSON.stringify(planBody(one)) === JSON.stringify(planBody(other))
}
