import * as v from 'valibot'
import { entryKinds } from '../core/journal/statement.ts'
import { dayMs } from '../core/time/time.ts'
import type { Call } from './call.ts'
import {
  calendarDay,
  id,
  name,
  period,
  say,
  tokensMax,
  uniqueList,
  usdCentsMax,
  usedMax,
  whole,
} from './fields.ts'

const team = v.strictObject({ teamId: id })

export const getOffer = { operationId: 'getOffer' } as const satisfies Call

export const getTeam = { operationId: 'getTeam', params: team } as const satisfies Call

export const getBalance = { operationId: 'getBalance', params: team } as const satisfies Call

const days = { from: calendarDay, to: calendarDay }
const daysMax = 400
const daysBetween = ({ from, to }: { from: string; to: string }) =>
  (Date.parse(to) - Date.parse(from)) / dayMs

export type UsageDimension = 'day' | 'meter' | 'app'

/** `from` and `to` are both inside; rows are grouped by all three dimensions unless some are named. */
export const getUsage = {
  operationId: 'getUsage',
  params: team,
  query: v.pipe(
    v.strictObject({
      ...days,
      groupBy: v.optional(
        v.pipe(
          v.string(),
          v.regex(/^(day|meter|app)(,(day|meter|app)){0,2}$/, say('groupBy')),
          v.check((text) => new Set(text.split(',')).size === text.split(',').length, say('groupBy')),
          v.transform((text) => text.split(',') as UsageDimension[]),
        ),
        'day,meter,app',
      ),
    }),
    v.forward(
      v.check((query) => daysBetween(query) >= 0, say('notBeforeFrom')),
      ['to'],
    ),
    v.forward(
      v.check((query) => daysBetween(query) < daysMax, say('daysMax')),
      ['to'],
    ),
  ),
} as const satisfies Call

/** A number of a query string, as the number it says. */
const pageSize = v.pipe(v.string(), v.regex(/^([1-9]\d?|100)$/, say('pageSize')), v.transform(Number))

const cursor = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,1024}$/, say('cursor')))

/** The id of its purchase, or `adjustment:` and the id of its adjustment. */
const lotId = v.pipe(v.string(), v.regex(/^(adjustment:)?(?!\.{1,2}$)[A-Za-z0-9._-]{1,64}$/, say('lotId')))

export const listEntries = {
  operationId: 'listEntries',
  params: team,
  query: v.strictObject({
    cursor: v.optional(cursor),
    limit: v.optional(pageSize, '50'),
    /** Only entries with a charge of this period, or from this source. */
    period: v.optional(period),
    source: v.optional(v.picklist(['flex', 'pay-as-you-go', 'shortfall'])),
    /** Only entries about this meter; with a period or a source, those with such a charge on it. The same for a lot. */
    meter: v.optional(id),
    /** Only entries about any meter of this API. */
    api: v.optional(id),
    lotId: v.optional(lotId),
    appId: v.optional(id),
    kind: v.optional(v.picklist(entryKinds)),
    /** Only entries of this UTC day, as the daily usage has it: a usage event stands on the day of its own time. */
    day: v.optional(calendarDay),
  }),
} as const satisfies Call

export const getOnboarding = { operationId: 'getOnboarding', params: team } as const satisfies Call

export const listInvoices = { operationId: 'listInvoices', params: team } as const satisfies Call

export const getInvoice = {
  operationId: 'getInvoice',
  params: v.strictObject({ teamId: id, period }),
} as const satisfies Call

/** `true`: says what the call would come to, and does nothing. */
const preview = v.strictObject({
  preview: v.optional(
    v.pipe(
      v.picklist(['true', 'false']),
      v.transform((text) => text === 'true'),
      v.description('true: says what the call would come to, and does nothing'),
    ),
    'false',
  ),
})

/** Replaces the plan as a whole: without `spendLimitUsdCents` there is no spend limit. */
export const choosePlan = {
  operationId: 'choosePlan',
  params: team,
  query: preview,
  body: v.pipe(
    v.strictObject({
      plan: v.picklist(['free', 'paid']),
      payAsYouGo: v.optional(v.boolean(), false),
      spendLimitUsdCents: v.optional(whole(0, usdCentsMax)),
    }),
    v.forward(
      v.check(({ plan, payAsYouGo }) => plan === 'paid' || !payAsYouGo, say('paidPlanOnly')),
      ['payAsYouGo'],
    ),
    v.forward(
      v.check(
        ({ plan, spendLimitUsdCents }) => plan === 'paid' || spendLimitUsdCents === undefined,
        say('paidPlanOnly'),
      ),
      ['spendLimitUsdCents'],
    ),
  ),
} as const satisfies Call

/** The smallest purchase is on the price list, so it is the handler that checks it. */
export const purchaseTokens = {
  operationId: 'purchaseTokens',
  params: team,
  query: preview,
  body: v.strictObject({ purchaseId: id, tokens: whole(1, tokensMax) }),
} as const satisfies Call

export const limitApp = {
  operationId: 'limitApp',
  params: v.strictObject({ teamId: id, appId: id }),
  body: v.strictObject({ meter: id, perPeriod: v.nullable(whole(0, usedMax)) }),
} as const satisfies Call

export const createHub = {
  operationId: 'createHub',
  params: team,
  body: v.strictObject({ name }),
} as const satisfies Call

export const moveApps = {
  operationId: 'moveApps',
  params: team,
  body: v.strictObject({ appIds: uniqueList(id, 100) }),
} as const satisfies Call
