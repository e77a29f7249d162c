import * as v from 'valibot'
import { capAnswer } from '../../contract/cap.ts'
import { fundedBy } from '../../contract/charge.ts'
import { calendarDay, id, whole } from '../../contract/fields.ts'
import { amount, instantText, tokens } from '../../contract/figures.ts'
import { operation as balance } from '../../contract/get-balance.ts'
import { operation as forecast } from '../../contract/get-forecast.ts'
import { operation as usage, usageDimensions } from '../../contract/get-usage.ts'
import { warningAnswer } from '../../contract/warning.ts'
import type { RouteHandler } from '../http/make-route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { explainCharge } from './explain-charge.ts'
import { listRates } from './list-rates.ts'
import { mayI } from './may-i.ts'
import { makeTool, type Tool } from './tool.ts'
import { appId, decision, holdSeconds, meter, quantity, refusal, teamId } from './tool-fields.ts'
import { whoAmI } from './who-am-i.ts'

const scope = 'hub:read'
/** The calls of the hub that tools make. */
export interface HubHandlers {
  readonly quoteUse: RouteHandler
  readonly getBalance: RouteHandler
  readonly getForecast: RouteHandler
  readonly getUsage: RouteHandler
}

/** The tools that change nothing but stored quotes. */
export function readTools(deps: TeamDeps, hub: HubHandlers): readonly Tool[] {
  return [...planningTools(deps, hub), ...lookingTools(deps, hub)]
}

function planningTools(deps: TeamDeps, { quoteUse }: HubHandlers): readonly Tool[] {
  const { memberships } = deps
  return [
    makeTool({
      ...{ name: 'whoami', title: 'Your teams and apps', scope },
      description: 'Lists your teams, your role in each, and their apps.',
      input: v.strictObject({}),
      output: teams,
      handler: whoAmI(deps),
      toCall: () => ({}),
    }),
    makeTool({
      ...{ name: 'rates', title: 'Meters and prices', scope, holders: 'too' },
      description:
        'Lists the meters with their base unit and prices. A charged unit is unitSize base units; each completed one costs tokensPerUnit tokens, or usdCentsPerUnit US cents with pay-as-you-go. freePerPeriod base units a month are free on the free plan.',
      input: v.strictObject({}),
      output: rates,
      handler: listRates(deps),
      toCall: () => ({}),
    }),
    makeTool({
      ...{ name: 'quote', title: 'What it costs at most', scope, holders: 'too' },
      description:
        'Quotes the most that a use can cost, in tokens and in US cents (one of the two is paid, or a part of each). Pass the quoteId to authorize until validUntil: it is then never charged more. The same quoteId and content give the same quote.',
      input: v.strictObject({
        quoteId: v.pipe(id, v.description('Your own new id of the quote')),
        ...{ appId, meter, quantity },
        validSeconds: v.pipe(
          v.optional(whole(1, 86_400), 3_600),
          v.description('How long authorizations may be made under the quote, up to a day'),
        ),
      }),
      output: v.object({
        ...{ quoteId: v.string(), appId: v.string(), meter: v.string(), teamId: v.optional(v.string()) },
        ...{ validUntil: v.optional(instantText), cap: v.optional(capAnswer), decision },
        ...{
          fundedBy: v.optional(fundedBy),
          remaining: v.optional(amount),
          refusal: v.optional(refusal),
        },
      }),
      handler: quoteUse,
      toCall: (body) => ({ body }),
    }),
    makeTool({
      ...{ name: 'may_i', title: 'May I, and if not, why', scope, holders: 'too' },
      description:
        'Says if an app may use a quantity of a meter now, and who would pay. If not, the refusal names all that is missing, what lifts it (resolve), and when it lifts by itself (resumesAt). Nothing is held.',
      input: v.strictObject({ teamId, appId, meter, quantity, holdSeconds }),
      output: v.object({
        ...{ appId: v.string(), meter: v.string(), quantity: amount, decision },
        ...{ fundedBy: v.optional(fundedBy), remaining: v.optional(amount) },
        ...{ warnings: v.optional(v.array(warningAnswer)), refusal: v.optional(refusal) },
      }),
      handler: mayI(deps),
      toCall: ({ teamId: _, ...body }) => ({ body }),
      memberships,
    }),
  ]
}

function lookingTools(deps: TeamDeps, { getBalance, getForecast, getUsage }: HubHandlers): readonly Tool[] {
  const { memberships } = deps
  const input = v.strictObject({ teamId })
  const toCall = () => ({})
  return [
    makeTool({
      ...{ name: 'balance', title: 'What is left', scope },
      description:
        "Shows the team's plan, what is left of free and included amounts, Flex tokens by lot, pay-as-you-go and its limit, what is held, and what new work would be refused now.",
      ...{ input, toCall, memberships },
      output: balance.answer,
      handler: getBalance,
    }),
    makeTool({
      ...{ name: 'forecast', title: 'Forecast', scope },
      description:
        "Forecasts the month's cost, the day on which tokens run out, and the days on which limits are reached, at the pace of the last weeks.",
      ...{ input, toCall, memberships },
      output: forecast.answer,
      handler: getForecast,
    }),
    makeTool({
      ...{ name: 'usage', title: 'Usage', scope },
      description:
        'Lists use and its charges from one UTC day to another, grouped by day or month, meter, app. Follow cursor for more.',
      input: v.strictObject({
        teamId,
        from: v.pipe(calendarDay, v.description('First UTC day, such as 2026-01-01')),
        to: v.pipe(calendarDay, v.description('Last UTC day, at most 400 days later')),
        groupBy: v.optional(v.pipe(v.array(v.picklist(usageDimensions)), v.minLength(1), v.maxLength(3))),
        appId: v.optional(id),
        cursor: v.optional(v.pipe(v.string(), v.maxLength(100))),
      }),
      output: usage.answer,
      handler: getUsage,
      toCall: ({ teamId: _, groupBy = ['month', 'meter'], ...query }) => ({
        query: { ...query, groupBy: groupBy.join(',') },
      }),
      memberships,
    }),
    makeTool({
      ...{ name: 'explain_charge', title: 'Explain a charge', scope, holders: 'too' },
      description:
        'Explains what one authorization was charged: its grant, each capture with its charges (source, units, tokens or US cents, lot) and the rate in force, and their sum. Only admins see it.',
      input: v.strictObject({ teamId, authorizationId: id }),
      output: explanation,
      handler: explainCharge(deps),
      toCall: ({ authorizationId }) => ({ body: { authorizationId } }),
      memberships,
    }),
  ]
}

const teams = v.object({
  teams: v.array(
    v.object({
      ...{ teamId: v.string(), name: v.string(), role: v.picklist(['admin', 'developer']) },
      apps: v.array(v.object({ appId: v.string(), name: v.string(), isInHub: v.boolean() })),
      moreApps: v.optional(v.pipe(amount, v.description('Apps beyond the first 100'))),
    }),
  ),
})

const price = { baseUnit: v.string(), unitSize: amount, tokensPerUnit: tokens, usdCentsPerUnit: amount }

const rates = v.object({
  meters: v.array(v.object({ meter: v.string(), api: v.string(), ...price, freePerPeriod: amount })),
})

const explanation = v.object({
  ...{ authorizationId: v.string(), appId: v.string(), meter: v.string() },
  charged: v.object({ units: amount, tokens, usdCents: amount }),
  entries: v.array(v.looseObject({ kind: v.string(), at: instantText, rate: v.optional(v.object(price)) })),
  hasMore: v.pipe(v.boolean(), v.description('True if there are more than 100 entries')),
})
