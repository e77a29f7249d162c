import type { Authorization, Entry, Usage } from '../../core/journal.ts'
import { instantToJson } from '../schema/instant.ts'
import { chargesToJson, tokensToJson } from './charge-json.ts'
import { lotToJson } from './lot-json.ts'

/** An entry of the journal as a line of the team's statement: what happened, and what paid for it. */
export function entryToJson(entry: Entry) {
  const { version, at, kind, correlationId } = entry
  const head = { version, at: instantToJson(at), kind }
  return { ...head, ...(correlationId !== undefined && { correlationId }), ...bodyToJson(entry) }
}

function bodyToJson(entry: Entry): object {
  switch (entry.kind) {
    case 'team-changed':
      return entry.profile
    case 'hub-named':
      return { name: entry.name }
    case 'app-moved':
      return { appId: entry.appId }
    case 'plan-changed': {
      const { terms, spendLimitUsdCents, settled } = entry
      const { plan, payAsYouGo, from } = terms
      return {
        plan,
        payAsYouGo,
        effectiveAt: instantToJson(from),
        spendLimitUsdCents,
        settled: chargesToJson(settled),
      }
    }
    case 'authorization':
      return { ...authorizationToJson(entry.authorization), fundedBy: entry.fundedBy }
    case 'capture': {
      const { authorization, released, isLate, isOverrun, usage } = entry
      const { authorizationId, used } = authorization
      return { authorizationId, used, released, ...usageToJson(usage), ...marks(isLate, isOverrun) }
    }
    case 'void': {
      const { authorizationId, appId, meter } = entry.authorization
      return { authorizationId, appId, meter, released: entry.released }
    }
    case 'usage': {
      const { source, id, time, usage, isLate, isOverrun } = entry
      return { source, id, time: instantToJson(time), ...usageToJson(usage), ...marks(isLate, isOverrun) }
    }
    case 'purchase': {
      const { purchaseId, tokens, unitPriceUsdCents, usdCents } = entry
      return { purchaseId, tokens, unitPriceUsdCents, usdCents }
    }
    case 'lot-granted':
      return { lot: lotToJson(entry.lot), settled: chargesToJson(entry.settled) }
    case 'lot-expiring':
      return { lotId: entry.lotId, days: entry.days, tokens: tokensToJson(entry.milliTokens) }
    case 'lot-expired':
      return { lotId: entry.lotId, tokens: tokensToJson(entry.milliTokens) }
    case 'period-started':
      return { period: entry.period, plan: entry.plan, settled: chargesToJson(entry.settled) }
    case 'period-closed':
      return {
        period: entry.period,
        lines: entry.lines,
        usdCents: entry.usdCents,
        creditUsdCents: entry.creditUsdCents,
      }
    case 'limit-set': {
      const { appId, meter, perPeriod } = entry
      return { appId, meter, perPeriod }
    }
    case 'payment':
      return {
        paymentId: entry.paymentId,
        ...entry.paidFor,
        usdCents: entry.usdCents,
        settled: entry.isSettled,
      }
    case 'payment-recovery':
      return { period: entry.period, do: entry.do }
    case 'campaign-notice': {
      const { campaignId, notice, of, deadlineAt, apps } = entry
      return { campaignId, notice, of: instantToJson(of), deadlineAt: instantToJson(deadlineAt), apps }
    }
    case 'suspended':
      return { reason: entry.reason }
    case 'resumed':
    case 'personal-data-erased':
      return {}
    case 'adjustment':
      return {
        adjustmentId: entry.adjustmentId,
        reason: entry.reason,
        tokens: entry.tokens,
        creditUsdCents: entry.creditUsdCents,
      }
  }
}

function authorizationToJson({ authorizationId, appId, meter, quantity, expiresAt }: Authorization) {
  return { authorizationId, appId, meter, quantity, expiresAt: instantToJson(expiresAt) }
}

/** `funding` says what pays where there is no charge: the free amount, or nobody (no rate in force). */
function usageToJson({ appId, meter, quantity, period, funding, charges }: Usage) {
  return { appId, meter, quantity, period, funding, charges: chargesToJson(charges) }
}

function marks(isLate: boolean, isOverrun: boolean) {
  return { ...(isLate && { late: true }), ...(isOverrun && { overrun: true }) }
}
