import * as v from 'valibot'
import type { MailFacts } from '../../core/texts/mail-model.ts'

const text = v.optional(v.fallback(v.optional(v.string()), undefined))
const number = v.optional(v.fallback(v.optional(v.number()), undefined))

const facts = v.object({
  meter: text,
  measure: text,
  threshold: number,
  value: number,
  api: text,
  freeLimitStops: text,
  percent: number,
  used: number,
  limit: number,
  resumesAt: text,
  tokens: number,
  ofTokens: number,
  lotId: text,
  purchaseId: text,
  number,
  days: number,
  expiresAt: text,
  period: text,
  usdCents: number,
  dueUsdCents: number,
  failedAt: text,
  retryAt: text,
  stopsAt: text,
  payUntil: text,
  paymentReference: text,
  because: text,
  reason: text,
  campaignId: text,
  notice: text,
  deadlineAt: text,
  apps: number,
  appIds: v.optional(v.fallback(v.optional(v.array(v.string())), undefined)),
  appId: text,
  url: text,
})

/** The facts of an event's detail that a mail may name. A fact that is missing or has another type is absent. */
export function mailFacts(detail: Readonly<Record<string, unknown>>): MailFacts {
  return v.parse(facts, detail)
}
