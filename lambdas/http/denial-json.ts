import { instantToJson } from '../../contract/instant.ts'
import type { MissingAnswer } from '../../contract/missing.ts'
import type { RefusalAnswer } from '../../contract/refusal.ts'
import type { Phase } from '../../core/funding/backing.ts'
import type { MeterDemand } from '../../core/funding/demand.ts'
import type { Denial, Lapse, MoneyState, Obstacle, Scarcity } from '../../core/funding/denial.ts'
import { denialText } from '../../core/texts/meter-texts.ts'
import type { Language, TextFacts } from '../../core/texts/texts-model.ts'
import { lackingToJson } from './budget-json.ts'
import { tokensToJson } from './charge-json.ts'

/** The refusal of an authorization, the same in its answer, the balance, a preview and the onboarding. */
export function denialToJson(denial: Denial, language: Language, facts: TextFacts = {}): RefusalAnswer {
  const { code, missing, resumesAt } = denial
  return {
    code,
    ...denialText(denial, language, facts),
    ...(resumesAt !== undefined && { resumesAt: instantToJson(resumesAt) }),
    missing: missing.map(obstacleToJson),
  }
}

function obstacleToJson(obstacle: Obstacle): MissingAnswer {
  const { code } = obstacle
  switch (code) {
    case 'UNKNOWN_APP':
    case 'APP_NOT_IN_HUB':
    case 'NO_PLAN':
      return { code }
    case 'AUTHORIZATION_CLOSED':
      return { code, closedBecause: obstacle.closedBecause }
    case 'QUOTE_NOT_VALID':
    case 'TEAM_SUSPENDED':
      return { code, because: obstacle.because }
    case 'PAYMENT_OVERDUE': {
      const { usdCents, since } = obstacle
      return { code, usdCents, ...(since !== undefined && { since: instantToJson(since) }) }
    }
    case 'APP_LIMIT_REACHED':
      return { ...obstacle }
    case 'BUDGET_EXHAUSTED': {
      const { budget, lacks } = obstacle
      return { code, ...(budget && { budget: lackingToJson(budget, lacks) }) }
    }
    case 'FREE_LIMIT_REACHED': {
      const { payAsYouGo, unmet, ...allowance } = obstacle
      return { ...allowance, ...moneyStateToJson({ payAsYouGo, unmet }) }
    }
    case 'SHORTFALL_DUE': {
      const { milliTokens, usdCents } = obstacle
      return { code, tokens: tokensToJson(milliTokens), usdCents, ...moneyStateToJson(obstacle) }
    }
    case 'TOKENS_EXHAUSTED':
      return { code, ...scarcityToJson(obstacle), ...moneyStateToJson(obstacle) }
    case 'SPEND_LIMIT_REACHED': {
      const { usdCents, limitUsdCents, usedUsdCents } = obstacle
      return { code, ...scarcityToJson(obstacle), usdCents, limitUsdCents, usedUsdCents }
    }
  }
}

function moneyStateToJson({ payAsYouGo, unmet }: MoneyState) {
  return { ...(payAsYouGo && { payAsYouGo }), ...(unmet && { unmet: [...unmet] }) }
}

function scarcityToJson({ milliTokens, phase, lapses }: Scarcity) {
  return {
    tokens: tokensToJson(milliTokens),
    backing: phaseToJson(phase),
    lapses: lapses.map(lapseToJson),
  }
}

function phaseToJson({ at, milliTokens, spendLeftUsdCents, demands }: Phase) {
  return {
    at: instantToJson(at),
    tokens: tokensToJson(milliTokens),
    ...(spendLeftUsdCents !== undefined && { spendLeftUsdCents }),
    demands: demands.map(demandToJson),
  }
}

function demandToJson({ meter, quantity, units, milliTokensPerUnit, usdCentsPerUnit }: MeterDemand) {
  const tokens = tokensToJson(units * milliTokensPerUnit)
  return { meter, quantity, units, tokens, usdCents: units * usdCentsPerUnit }
}

function lapseToJson({ lotId, expiresAt, milliTokens }: Lapse) {
  return { lotId, expiresAt: instantToJson(expiresAt), tokens: tokensToJson(milliTokens) }
}
