import type { EntryAnswer } from '../../contract/entries.ts'
import { instantToJson } from '../../contract/instant.ts'
import type { Authorization, Entry, Usage } from '../../core/journal/entry.ts'
import { totalsOf } from '../../core/journal/reversal.ts'
import { actorToJson, type KnownActors } from './actor-json.ts'
import { figureToJson } from './alert-json.ts'
import { capToJson } from './cap-json.ts'
import { chargesToJson, tokensToJson } from './charge-json.ts'
import { creditNoteToJson } from './document-json.ts'
import { lotToJson } from './lot-json.ts'
import { subscriptionToJson } from './subscription-json.ts'

type Body<Answer = EntryAnswer> = Answer extends EntryAnswer
  ? Omit<Answer, 'version' | 'at' | 'correlationId' | 'actor'>
  : never

/**
 * An entry of the journal as a line of the team's statement: what happened, who asked for it, and what paid for it.
 */
export function entryToJson(entry: Entry, actors: KnownActors): EntryAnswer {
  const { version, at, correlationId, actor } = entry
  const head = {
    version,
    at: instantToJson(at),
    ...(correlationId !== undefined && { correlationId }),
    ...(actor !== undefined && { actor: actorToJson(actor, actors) }),
  }
  return { ...head, ...bodyToJson(entry) }
}

function bodyToJson(entry: Entry): Body {
  switch (entry.kind) {
    case 'team-changed':
      return {
        kind: entry.kind,
        ...entry.profile,
        ...(entry.paidShortfall && { paidShortfall: chargesToJson(entry.paidShortfall) }),
        ...reasonOf(entry),
      }
    case 'hub-named':
      return { kind: entry.kind, name: entry.name }
    case 'app-moved':
      return { kind: entry.kind, appId: entry.appId }
    case 'plan-changed': {
      const { terms, spendLimitUsdCents, paidShortfall } = entry
      const { plan, payAsYouGo, from } = terms
      return {
        kind: entry.kind,
        plan,
        payAsYouGo,
        effectiveAt: instantToJson(from),
        spendLimitUsdCents,
        paidShortfall: chargesToJson(paidShortfall),
      }
    }
    case 'authorization':
      return { kind: entry.kind, ...authorizationToJson(entry.authorization), fundedBy: entry.fundedBy }
    case 'capture': {
      const { authorization, released, isLate, isOverrun, usage } = entry
      const { authorizationId, used } = authorization
      return {
        kind: entry.kind,
        authorizationId,
        used,
        released,
        ...usageToJson(usage),
        ...marks(isLate, isOverrun),
      }
    }
    case 'void': {
      const { authorizationId, appId, meter } = entry.authorization
      return { kind: entry.kind, authorizationId, appId, meter, released: entry.released }
    }
    case 'usage': {
      const { source, id, time, usage, isLate, isOverrun } = entry
      return {
        kind: entry.kind,
        source,
        id,
        time: instantToJson(time),
        ...usageToJson(usage),
        ...marks(isLate, isOverrun),
      }
    }
    case 'purchase': {
      const { purchaseId, tokens, unitPriceUsdCents, usdCents } = entry
      return { kind: entry.kind, purchaseId, tokens, unitPriceUsdCents, usdCents }
    }
    case 'lot-granted':
      return {
        kind: entry.kind,
        lot: lotToJson(entry.lot),
        paidShortfall: chargesToJson(entry.paidShortfall),
        ...(entry.receipt && { receiptNumber: entry.receipt.number }),
      }
    case 'lot-expiring':
      return {
        kind: entry.kind,
        lotId: entry.lotId,
        days: entry.days,
        tokens: tokensToJson(entry.milliTokens),
      }
    case 'lot-expired':
      return { kind: entry.kind, lotId: entry.lotId, tokens: tokensToJson(entry.milliTokens) }
    case 'period-started':
      return {
        kind: entry.kind,
        period: entry.period,
        plan: entry.plan,
        paidShortfall: chargesToJson(entry.paidShortfall),
      }
    case 'period-closed':
      return {
        kind: entry.kind,
        period: entry.period,
        number: entry.number,
        lines: [...entry.lines],
        usdCents: entry.usdCents,
        creditUsdCents: entry.creditUsdCents,
        ...(entry.carriedInUsdCents > 0 && { carriedInUsdCents: entry.carriedInUsdCents }),
        ...(entry.carriedUsdCents > 0 && { carriedUsdCents: entry.carriedUsdCents }),
      }
    case 'limit-set': {
      const { appId, meter, perPeriod } = entry
      return { kind: entry.kind, appId, meter, perPeriod }
    }
    case 'budget-made': {
      const { budgetId, name, appId, every, measure, amount, endsAt } = entry
      const sum = measure === 'tokens' ? { tokens: tokensToJson(amount) } : { usdCents: amount }
      return { kind: entry.kind, budgetId, name, appId, every, ...sum, endsAt: instantToJson(endsAt) }
    }
    case 'budget-revoked':
      return { kind: entry.kind, budgetId: entry.budgetId, appId: entry.appId }
    case 'payment':
      return {
        kind: entry.kind,
        paymentId: entry.paymentId,
        ...entry.paidFor,
        usdCents: entry.usdCents,
        status: entry.status,
        ...(entry.creditUsdCents !== 0 && { creditUsdCents: entry.creditUsdCents }),
        ...(entry.owed && { due: entry.owed }),
        ...(entry.restored && {
          lot: lotToJson(entry.restored.lot),
          paidShortfall: chargesToJson(entry.restored.paidShortfall),
        }),
        ...reasonOf(entry),
      }
    case 'payment-requested':
      return {
        kind: entry.kind,
        purchaseId: entry.purchaseId,
        usdCents: entry.usdCents,
        attempt: entry.attempt,
      }
    case 'purchase-given-up':
      return { kind: entry.kind, purchaseId: entry.purchaseId }
    case 'reversal': {
      const { reversalId, reason, appId, meter, uses, creditNotes, creditUsdCents } = entry
      const { quantity, included, milliTokens } = totalsOf(entry)
      return {
        kind: entry.kind,
        reversalId,
        reason,
        appId,
        meter,
        quantity,
        ...(included > 0 && { included }),
        ...('authorization' in entry
          ? { authorizationId: entry.authorization.authorizationId }
          : { source: entry.source, id: entry.id }),
        returned: chargesToJson(uses.flatMap(({ usage }) => usage.charges)),
        tokens: tokensToJson(milliTokens),
        creditUsdCents,
        creditNotes: creditNotes.map(creditNoteToJson),
        paidShortfall: chargesToJson(entry.paidShortfall),
      }
    }
    case 'tokens-taken-back':
      return { kind: entry.kind, lotId: entry.lotId, tokens: tokensToJson(entry.milliTokens) }
    case 'payment-recovery':
      return { kind: entry.kind, dueId: entry.dueId, action: entry.action }
    case 'campaign-notice': {
      const { campaignId, notice, scheduledAt, deadlineAt, apps } = entry
      return {
        kind: entry.kind,
        campaignId,
        notice,
        scheduledAt: instantToJson(scheduledAt),
        deadlineAt: instantToJson(deadlineAt),
        apps,
      }
    }
    case 'alert-noted': {
      const { alertId, appId, measure, threshold, isReached, value, period } = entry
      return {
        kind: entry.kind,
        alertId,
        ...(appId !== undefined && { appId }),
        measure,
        threshold: figureToJson(measure, threshold),
        value: figureToJson(measure, value),
        period,
        isReached,
      }
    }
    case 'subscriptions-changed':
      return {
        kind: entry.kind,
        subscriptions: entry.subscriptions.map(subscriptionToJson),
        ...reasonOf(entry),
      }
    case 'suspended':
      return { kind: entry.kind, reason: entry.reason }
    case 'resumed':
      return { kind: entry.kind, ...reasonOf(entry) }
    case 'personal-data-erased':
      return { kind: entry.kind }
    case 'adjustment':
      return {
        kind: entry.kind,
        adjustmentId: entry.adjustmentId,
        reason: entry.reason,
        tokens: entry.tokens,
        creditUsdCents: entry.creditUsdCents,
      }
  }
}

function reasonOf({ reason }: { readonly reason?: string }) {
  return reason === undefined ? {} : { reason }
}

function authorizationToJson(authorization: Authorization) {
  const { authorizationId, appId, meter, quantity, expiresAt, quoteId, budgetId, cap } = authorization
  return {
    authorizationId,
    appId,
    meter,
    quantity,
    expiresAt: instantToJson(expiresAt),
    ...(quoteId !== undefined && { quoteId }),
    ...(budgetId !== undefined && { budgetId }),
    ...(cap !== undefined && { cap: capToJson(cap) }),
  }
}

/** `funding` states who pays if there is no charge and nothing is included: the free amount, or nobody (no rate in force). */
function usageToJson({ appId, meter, quantity, included, waived, period, funding, charges }: Usage) {
  const parts = { ...(included !== undefined && { included }), ...(waived !== undefined && { waived }) }
  const counted = { appId, meter, quantity, ...parts }
  return { ...counted, period, funding, charges: chargesToJson(charges) }
}

function marks(isLate: boolean, isOverrun: boolean) {
  return { ...(isLate && { late: true }), ...(isOverrun && { overrun: true }) }
}
