import * as v from 'valibot'
import type { Call } from '../../contract/call.ts'
import { id } from '../../contract/fields.ts'
import { teamParams } from '../../contract/team.ts'
import { type Catalog, rateAt } from '../../core/catalog/catalog.ts'
import { chargesOf, type Entry } from '../../core/journal/entry.ts'
import { tokensToJson } from '../http/charge-json.ts'
import { entryToJson } from '../http/entry-json.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { rateToJson } from '../http/rate-json.ts'
import { hubRoute } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { authorizationEntries } from '../store/authorization-entries.ts'
import { agentRoute } from './agent-route.ts'
import { isOfAgent } from './job-id.ts'

/** Of an authorization with more captures, the first ones are shown. */
const entriesMax = 100

const call = {
  route: agentRoute('mcpExplainCharge', { scope: 'hub:read', isAdminOnly: true }),
  params: teamParams,
  body: v.object({ authorizationId: id, budgetId: v.optional(id) }),
} as const satisfies Call

/** The statement of one authorization: each entry with its charges and the rate that it was charged at, and their sum. */
export function explainCharge(deps: TeamDeps) {
  return hubRoute(deps, call, async ({ params, body }): Promise<Outcome> => {
    const { teamId } = params
    const { authorizationId, budgetId } = body
    // The holder of a budget sees its own work only.
    if (budgetId !== undefined && !isOfAgent({ teamId, budgetId }, authorizationId)) return notFound
    const found = await authorizationEntries(deps.table, authorizationId, entriesMax + 1)
    const [grant] = found
    if (grant?.kind !== 'authorization' || grant.teamId !== teamId) return notFound
    const { appId, meter } = grant.authorization
    const catalog = await deps.catalog.get()
    const shown = found.slice(0, entriesMax)
    const entries = shown.map((entry) => ({
      ...entryToJson(entry, { addresses: new Map() }),
      ...rateOf(catalog, meter, entry),
    }))
    const charged = chargedOf(shown.filter(({ kind }) => kind === 'capture'))
    const hasMore = found.length > shown.length
    return { status: 200, body: { authorizationId, appId, meter, charged, entries, hasMore } }
  })
}

/** The rate at which a capture was charged: the one in force when it arrived. */
function rateOf(catalog: Catalog, meter: string, entry: Entry) {
  const rate = entry.kind === 'capture' ? rateAt(catalog, meter, entry.at) : undefined
  if (rate === undefined) return {}
  const { baseUnit, unitSize, tokensPerUnit, usdCentsPerUnit } = rateToJson(rate)
  return { rate: { baseUnit, unitSize, tokensPerUnit, usdCentsPerUnit } }
}

/** The sum of the charges. What a reversal has given back is in its entry, because it may be of other use, too. */
function chargedOf(entries: readonly Entry[]) {
  let [units, milliTokens, usdCents] = [0, 0, 0]
  for (const charge of entries.flatMap(chargesOf)) {
    units += charge.units
    if (charge.source === 'flex') milliTokens += charge.milliTokens
    if (charge.source === 'pay-as-you-go') usdCents += charge.usdCents
  }
  return { units, tokens: tokensToJson(milliTokens), usdCents }
}
