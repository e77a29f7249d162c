import { instantToJson } from '../../contract/instant.ts'
import { paymentReference } from '../../core/account/payment-reference.ts'
import type { DomainEvent, DomainEventBody, FailureFacts } from '../../core/events/domain-event.ts'
import { figureToJson } from '../http/alert-json.ts'
import { tokensToJson } from '../http/charge-json.ts'

/** An event's detail on the wire: camelCase, instants as RFC 3339, tokens as numbers. */
export function eventToJson(event: DomainEvent): Record<string, unknown> {
  const { eventId, teamId, at, correlationId } = event
  const head = { id: eventId, teamId, at: instantToJson(at) }
  return { ...head, ...(correlationId !== undefined && { correlationId }), ...bodyToJson(event, teamId) }
}

function bodyToJson(event: DomainEventBody, teamId: string): object {
  switch (event.type) {
    case 'UsageThresholdReached':
    case 'UsageBackUnder': {
      const { meter, api, freeLimitStops, percent, used, limit } = event
      return { meter, api, freeLimitStops, percent, used, limit }
    }
    case 'IncludedThresholdReached': {
      const { meter, percent, used, limit } = event
      return { meter, percent, used, limit }
    }
    case 'UsageReversed': {
      const { reversalId, appId, meter, quantity, milliTokens, creditUsdCents, reason } = event
      const tokens = tokensToJson(milliTokens)
      return { reversalId, appId, meter, quantity, tokens, creditUsdCents, reason }
    }
    case 'CreditNoteIssued': {
      const { number, period, meter, units, usdCents, dueUsdCents } = event
      return { number, period, meter, units, usdCents, dueUsdCents }
    }
    case 'FreeLimitReached': {
      const { meter, api, freeLimitStops, limit, resumesAt } = event
      return { meter, api, freeLimitStops, limit, resumesAt: instantToJson(resumesAt) }
    }
    case 'TokensLow':
      return { tokens: tokensToJson(event.milliTokens), ofTokens: tokensToJson(event.ofMilliTokens) }
    case 'TokensExhausted':
      return {}
    case 'LotExpiring': {
      const { lotId, milliTokens, days, expiresAt } = event
      return { lotId, tokens: tokensToJson(milliTokens), days, expiresAt: instantToJson(expiresAt) }
    }
    case 'LotExpired':
      return { lotId: event.lotId, tokens: tokensToJson(event.milliTokens) }
    case 'PeriodClosed':
      return { period: event.period, usdCents: event.usdCents }
    case 'InvoiceIssued': {
      const { period, lines, usdCents, dueUsdCents } = event
      return { period, lines, usdCents, dueUsdCents }
    }
    case 'PaymentRequested': {
      const { paidFor, usdCents, attempt } = event
      return { paymentReference: paymentReference(teamId, paidFor), usdCents, attempt }
    }
    case 'PaymentRetryComing':
      return {
        paymentReference: paymentReference(teamId, event.paidFor),
        usdCents: event.usdCents,
        ...failureToJson(event),
      }
    case 'PaymentFailed':
      return {
        paymentReference: paymentReference(teamId, event.paidFor),
        usdCents: event.usdCents,
        ...failureToJson(event),
      }
    case 'PurchaseRefunded': {
      const { purchaseId, usdCents, milliTokens } = event
      return { purchaseId, usdCents, tokens: tokensToJson(milliTokens) }
    }
    case 'PurchaseChargedBack': {
      const { purchaseId, usdCents, milliTokens, dueUsdCents } = event
      return { purchaseId, usdCents, tokens: tokensToJson(milliTokens), dueUsdCents, ...failureToJson(event) }
    }
    case 'TeamSuspended': {
      const { because, reason, paidFor, usdCents } = event
      if (paidFor === undefined) return { because, reason }
      return {
        because,
        paymentReference: paymentReference(teamId, paidFor),
        usdCents,
        ...failureToJson(event),
      }
    }
    case 'TeamResumed':
      return { because: event.because }
    case 'AppMigrated':
      return { appId: event.appId }
    case 'MigrationReminder': {
      const { campaignId, notice, deadlineAt, apps, appIds } = event
      return { campaignId, notice, deadlineAt: instantToJson(deadlineAt), apps, appIds }
    }
    case 'AlertReached':
    case 'AlertBackUnder': {
      const { alertId, appId, measure, threshold, value, period } = event
      const figures = { threshold: figureToJson(measure, threshold), value: figureToJson(measure, value) }
      return { alertId, appId, measure, ...figures, period }
    }
    case 'AppSuspended':
      return { campaignId: event.campaignId, appId: event.appId }
  }
}

function failureToJson({ failedAt, retryAt, stopsAt, payUntil }: FailureFacts) {
  return {
    ...(failedAt !== undefined && { failedAt: instantToJson(failedAt) }),
    ...(retryAt !== undefined && { retryAt: instantToJson(retryAt) }),
    ...(stopsAt !== undefined && { stopsAt: instantToJson(stopsAt) }),
    ...(payUntil !== undefined && { payUntil: instantToJson(payUntil) }),
  }
}
