import { instantToJson } from '../../contract/instant.ts'
import { quoteUse as call, type QuoteAnswer } from '../../contract/quote-use.ts'
import { holdSecondsDefault } from '../../core/commands/authorize.ts'
import { type Denial, deny, isDenial } from '../../core/funding/denial.ts'
import { type AskedQuote, isSameQuote, type Quote, quote } from '../../core/funding/quote.ts'
import type { EntryOf } from '../../core/journal/entry.ts'
import type { App } from '../../core/migration/compliance.ts'
import { refuse } from '../../core/refusal.ts'
import type { Language } from '../../core/texts/texts-model.ts'
import { type Caller, placeIn } from '../http/caller.ts'
import { capToJson } from '../http/cap-json.ts'
import { denialToJson } from '../http/denial-json.ts'
import { meterFault } from '../http/meter-fault.ts'
import type { Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { putQuote } from '../store/quotes.ts'

/** Quotes the most that a use can cost, and shows the decision that an authorization under the quote would get now. */
export function quoteUse(deps: TeamDeps) {
  return route(call, async ({ body, caller, language }): Promise<Outcome> => {
    const app = await findApp(deps, body.appId, caller)
    if (app === undefined) {
      const fault = await meterFault(deps.catalog, body.meter, deps.clock.now())
      return fault ?? { status: 200, body: deniedToJson(body, deny([{ code: 'UNKNOWN_APP' }]), language) }
    }
    const { teamId } = app
    const known = await deps.quotes.find(teamId, body.quoteId)
    const fault = known ? undefined : await meterFault(deps.catalog, body.meter, deps.clock.now())
    if (fault !== undefined) return fault
    const made = known ?? (await makeQuote(deps, teamId, body))
    if (!isSameQuote(made, body)) return refuse('IDEMPOTENCY_CONFLICT')
    const decided = await decideNow(deps, app, made)
    const facts = { teamId, validUntil: instantToJson(made.validUntil), cap: capToJson(made) }
    const answer: QuoteAnswer =
      'refused' in decided
        ? { ...deniedToJson(body, decided, language), ...facts }
        : { ...idsOf(body), ...facts, decision: 'allow', ...allowedToJson(decided) }
    return { status: 200, body: answer }
  })
}

/** The app, if a service asks or it is of the caller's team. An app of another team looks like one that does not exist. */
async function findApp(deps: TeamDeps, appId: string, caller: Caller): Promise<App | undefined> {
  const app = await deps.apps.find(appId)
  if (app === undefined || caller.scopes.has('aps:meter')) return app
  const placed = await placeIn(app.teamId, caller, deps.memberships)
  return placed?.teamId === app.teamId ? app : undefined
}

/** Makes and stores a quote; where another call has stored one under its id meanwhile, that one. */
async function makeQuote(deps: TeamDeps, teamId: string, asked: AskedQuote): Promise<Quote> {
  const seen = await deps.operations.look(teamId)
  if (seen === undefined) throw new Error(`the account of ${teamId} is absent`)
  const { quoteId, appId, meter, quantity, validSeconds } = asked
  const made = quote(seen.account, { quoteId, appId, meter, quantity, validSeconds }, seen)
  if (await putQuote(deps.table, teamId, made)) return made
  const earlier = await deps.quotes.find(teamId, quoteId)
  if (earlier === undefined) throw new Error(`quote ${quoteId} stays`)
  return earlier
}

/** The decision about an authorization of the whole quantity. No caller can send its id, so it has no earlier content. */
async function decideNow(
  deps: TeamDeps,
  { appId, teamId }: App,
  { quoteId, meter, quantity }: Quote,
): Promise<EntryOf<'authorization'> | Denial> {
  const found = await deps.operations.preview(teamId, {
    kind: 'authorize',
    authorizationId: `quote:${quoteId}`,
    appId,
    meter,
    quantity,
    holdSeconds: holdSecondsDefault,
    quoteId,
  })
  if (found === 'absent') throw new Error(`the account of ${teamId} is absent`)
  if ('decision' in found) return found.decision.answer.entry
  if (!isDenial(found)) throw new Error('a preview of a new authorization has no earlier content')
  return found
}

function idsOf({ quoteId, appId, meter }: AskedQuote) {
  return { quoteId, appId, meter }
}

function deniedToJson(asked: AskedQuote, denial: Denial, language: Language) {
  const refusal = denialToJson(denial, language, { meter: asked.meter })
  return { ...idsOf(asked), decision: 'deny', refusal } as const
}

function allowedToJson({ fundedBy, remaining }: EntryOf<'authorization'>) {
  return { fundedBy, ...(remaining !== undefined && { remaining }) }
}
