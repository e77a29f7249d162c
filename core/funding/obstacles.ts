import { type Budget, spentUsdCents, termsAt } from '../account/account.ts'
import { budgetFigures, findBudget } from '../account/budgets.ts'
import { assert } from '../assert.ts'
import { isStopped } from '../invoice/recovery.ts'
import { complianceOf } from '../migration/compliance.ts'
import { type AuthorizationRefusalCode, authorizationRefusals } from '../refusal.ts'
import { leftOf } from './allowance.ts'
import {
  type Ask,
  appLimitOf,
  freeAmountOf,
  isBacked,
  isFreeLimitReached,
  lacksOfBudget,
  phasesWith,
  stoppedBy,
} from './ask.ts'
import { type Gap, gapOf, type Phase } from './backing.ts'
import type { MoneyState, Obstacle, ObstacleOf, Scarcity } from './denial.ts'
import { isPayAsYouGo, spendLimitOf, unmetConditions } from './pay-as-you-go.ts'
import { quoteFaultOf } from './quote.ts'

/** The order of refusals, except refusals that concern the id or are found before there is an account. */
const order = authorizationRefusals.filter(
  (code) => code !== 'AUTHORIZATION_CLOSED' && code !== 'UNKNOWN_APP',
)
type RuleCode = (typeof order)[number]

/** A rule of authorizing: it decides whether it blocks the requested use and, if so, gives the facts that explain it. */
interface Rule<Code extends AuthorizationRefusalCode> {
  readonly concerns: Concern
  readonly blocks: (ask: Ask) => boolean
  readonly explain: (ask: Ask) => ObstacleOf<Code>
}

/** A rule concerns every API, or only rated meters. Time alone lifts only what concerns rated meters. */
export type Concern = 'every-api' | 'rated-meters'

const rules: { readonly [Code in RuleCode]: Rule<Code> } = {
  QUOTE_NOT_VALID: {
    concerns: 'every-api',
    blocks: (ask) => quoteFaultOf(ask) !== undefined,
    explain: (ask) => ({ code: 'QUOTE_NOT_VALID', because: quoteFaultOf(ask) ?? 'unknown' }),
  },
  APP_NOT_IN_HUB: {
    concerns: 'every-api',
    blocks: (ask) => !ask.app.isInHub && isAfterDeadline(ask),
    explain: () => ({ code: 'APP_NOT_IN_HUB' }),
  },
  NO_PLAN: {
    concerns: 'every-api',
    blocks: (ask) => ask.isGrace && isAfterDeadline(ask),
    explain: () => ({ code: 'NO_PLAN' }),
  },
  TEAM_SUSPENDED: {
    concerns: 'every-api',
    blocks: ({ account }) => account.suspendedBecause !== undefined,
    explain: ({ account }) => ({ code: 'TEAM_SUSPENDED', because: account.suspendedBecause }),
  },
  PAYMENT_OVERDUE: {
    concerns: 'rated-meters',
    blocks: ({ account }) => account.overdueSince !== undefined,
    explain: ({ account }) => ({
      code: 'PAYMENT_OVERDUE',
      usdCents: sumOf(account.dues.filter(isStopped), (bill) => bill.usdCents),
      since: account.overdueSince,
    }),
  },
  APP_LIMIT_REACHED: {
    concerns: 'rated-meters',
    blocks: (ask) => ask.quantity > leftOf(appLimitOf(ask)),
    explain: (ask) => {
      const allowance = appLimitOf(ask)
      return { code: 'APP_LIMIT_REACHED', quantity: ask.quantity - leftOf(allowance), ...allowance }
    },
  },
  BUDGET_EXHAUSTED: {
    concerns: 'rated-meters',
    blocks: (ask) => ask.budgetId !== undefined && (budgetOf(ask) === undefined || lacksOfBudget(ask) > 0),
    explain: (ask) => {
      const budget = budgetOf(ask)
      const figures = budget && { budget: budgetFigures(budget, ask.now) }
      return { code: 'BUDGET_EXHAUSTED', lacks: lacksOfBudget(ask), ...figures }
    },
  },
  SHORTFALL_DUE: {
    concerns: 'rated-meters',
    blocks: ({ account }) => account.shortfall.length > 0,
    explain: (ask) => {
      const { shortfall } = ask.account
      return {
        code: 'SHORTFALL_DUE',
        milliTokens: sumOf(shortfall, ({ units, milliTokensPerUnit }) => units * milliTokensPerUnit),
        usdCents: sumOf(shortfall, ({ units, usdCentsPerUnit }) => units * usdCentsPerUnit),
        ...moneyStateOf(ask),
      }
    },
  },
  FREE_LIMIT_REACHED: {
    concerns: 'rated-meters',
    blocks: (ask) =>
      ask.funding === 'free' && (!ask.isGrace || isAfterDeadline(ask)) && isFreeLimitReached(ask),
    explain: (ask) => {
      const { spareIncluded, ...allowance } = freeAmountOf(ask)
      const quantity = Math.max(0, ask.quantity - spareIncluded - leftOf(allowance))
      const money = moneyStateOf(ask)
      return { code: 'FREE_LIMIT_REACHED', quantity, ...allowance, stoppedBy: stoppedBy(ask), ...money }
    },
  },
  TOKENS_EXHAUSTED: {
    concerns: 'rated-meters',
    blocks: (ask) => ask.funding === 'paid' && !hasMoneyBehind(ask) && !isBacked(ask, ask.quantity),
    explain: (ask) => {
      return { code: 'TOKENS_EXHAUSTED', ...scarcityOf(ask, gapsOf(ask)), ...moneyStateOf(ask) }
    },
  },
  SPEND_LIMIT_REACHED: {
    concerns: 'rated-meters',
    blocks: (ask) => ask.funding === 'paid' && hasMoneyBehind(ask) && !isBacked(ask, ask.quantity),
    explain: (ask) => {
      const gaps = gapsOf(ask)
      const limitUsdCents = spendLimitOf(ask.account)
      const usedUsdCents = spentUsdCents(ask.account, 'current')
      const overspentUsdCents = Math.max(0, usedUsdCents - limitUsdCents)
      const usdCents = Math.max(...gaps.map((gap) => gap.usdCents)) + overspentUsdCents
      return { code: 'SPEND_LIMIT_REACHED', ...scarcityOf(ask, gaps), usdCents, limitUsdCents, usedUsdCents }
    },
  },
}

/** All obstacles to the requested use, in the order of refusals. */
export function obstaclesTo(ask: Ask): readonly Obstacle[] {
  return order.filter((code) => blocks(code, ask)).map((code) => rules[code].explain(ask))
}

/** True if a rule of a kind blocks the requested use. */
export function isBlocked(ask: Ask, concern: Concern): boolean {
  return order.some((code) => rules[code].concerns === concern && blocks(code, ask))
}

function blocks(code: RuleCode, ask: Ask): boolean {
  const { concerns, blocks } = rules[code]
  return (concerns === 'every-api' || ask.funding !== 'unrated') && blocks(ask)
}

/** The budget of the ask; undefined where it is over, or is one of another app. */
function budgetOf({ account, budgetId, appId }: Ask): Budget | undefined {
  const budget = findBudget(account, budgetId)
  return budget?.appId === appId ? budget : undefined
}

function isAfterDeadline({ app, account, now, catalog }: Ask): boolean {
  const { stopsAt } = complianceOf(app, account, now, catalog)
  return stopsAt !== undefined && stopsAt <= now
}

function hasMoneyBehind({ account, now, catalog }: Ask): boolean {
  return isPayAsYouGo(account, now, catalog)
}

/** Says why pay-as-you-go does not pay: it is not chosen, or the team no longer meets its conditions. */
function moneyStateOf({ account, now, catalog }: Ask): MoneyState {
  const unmet = unmetConditions(account.profile, now, catalog)
  return {
    ...(termsAt(account, now).payAsYouGo && { payAsYouGo: true }),
    ...(unmet.length > 0 && { unmet }),
  }
}

interface PhaseGap extends Gap {
  readonly phase: Phase
}

function gapsOf(ask: Ask): readonly PhaseGap[] {
  return phasesWith(ask, ask.quantity).map((phase) => ({ phase, ...gapOf(phase) }))
}

/** The phase that lacks the most tokens (the first of equals), and the lots that have lapsed by then. */
function scarcityOf({ account }: Ask, gaps: readonly PhaseGap[]): Scarcity {
  const [scarcest] = gaps.toSorted((a, b) => b.milliTokens - a.milliTokens)
  assert(scarcest !== undefined, 'the backing rule has a phase')
  const { phase, milliTokens } = scarcest
  const lapsed = account.lots.filter(({ expiresAt }) => expiresAt <= phase.at)
  const lapses = lapsed.map(({ lotId, expiresAt, remaining }) => {
    return { lotId, expiresAt, milliTokens: remaining }
  })
  return { milliTokens, phase, lapses }
}

function sumOf<Row>(rows: readonly Row[], amount: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + amount(row), 0)
}
