import type { AuthorizationAnswer } from '../../contract/answers.ts'
import { instantToJson } from '../../contract/instant.ts'
import { authorizeUsage as call } from '../../contract/metering.ts'
import { isKnownMeter } from '../../core/catalog/catalog.ts'
import { type Authorize, authorize } from '../../core/commands/authorize.ts'
import type { EntryOf } from '../../core/journal/entry.ts'
import { complianceOf } from '../../core/migration/compliance.ts'
import { type Denial, deny, refuse } from '../../core/refusal.ts'
import type { Language } from '../../core/texts/texts-model.ts'
import { denialToJson } from '../http/denial-json.ts'
import { badRequest, type Outcome } from '../http/outcome.ts'
import { warningToJson } from '../http/problem.ts'
import { route } from '../http/route.ts'
import { type Deps, openDeps } from '../runtime/deps.ts'
import { noteStep } from '../runtime/invocation.ts'
import { metrics } from '../runtime/metrics.ts'
import type { KnownEntry } from '../store/entry-item.ts'
import { authorizationKey, keyText } from '../store/keys.ts'

type Authorized = EntryOf<'authorization'>
type Asked = Omit<Authorize, 'kind'>

/** Promises an app the use of a meter, so that whatever then runs can be paid for. */
export function authorizeUsage(deps: Deps) {
  return route(call, async ({ body, language }): Promise<Outcome> => {
    const catalog = await deps.catalog.get()
    if (!isKnownMeter(catalog, body.meter) && !isKnownMeter(await deps.catalog.read(), body.meter)) {
      return badRequest({ pointer: '/meter', message: 'unknownMeter' })
    }
    const outcome = await decide(deps, { kind: 'authorize', ...body })
    const Code = 'refused' in outcome ? outcome.code : 'ALLOWED'
    metrics.add('Decisions', 1, { Code })
    noteStep('decided', { code: Code, appId: body.appId, meter: body.meter, quantity: body.quantity })
    if (!('refused' in outcome)) return answerTo(body, outcome, language)
    // Only an allowed id is bound: a refusal is the answer unless the same id was allowed before.
    const earlier = await deps.journal.find(authorizationKey(body.authorizationId), 'authorization')
    return earlier === undefined ? denied(body, outcome, language) : answerTo(body, earlier, language)
  })
}

async function decide(deps: Deps, ask: Authorize): Promise<Authorized | Denial> {
  const app = await deps.apps.find(ask.appId)
  if (app === undefined) return deny([{ code: 'UNKNOWN_APP' }])
  const key = keyText(authorizationKey(ask.authorizationId))
  const remembered = await deps.catalog.get()
  const outcome = await deps.operations.run<Authorized>(
    app.teamId,
    remembered,
    async (account, now, known) => {
      const earlier = known.get(key)
      if (earlier !== undefined) return { account, entries: [], answer: asAuthorization(earlier) }
      // Where a deadline decides, the campaign is read again: it may just have been moved.
      const isCompliant = complianceOf(app, account, now, remembered).missing === undefined
      const catalog = isCompliant ? remembered : await deps.catalog.read()
      return authorize(account, ask, { now, catalog, app })
    },
  )
  if (typeof outcome === 'string') throw new Error(`the account of ${app.teamId} is ${outcome}`)
  return 'refused' in outcome ? (outcome as Denial) : outcome.answer
}

function answerTo(ask: Asked, entry: Authorized, language: Language): Outcome {
  const { authorization, fundedBy, remaining, warnings } = entry
  const isSame =
    authorization.appId === ask.appId &&
    authorization.meter === ask.meter &&
    authorization.quantity === ask.quantity &&
    authorization.holdSeconds === ask.holdSeconds
  if (!isSame) return refuse('IDEMPOTENCY_CONFLICT')
  const body: AuthorizationAnswer = {
    authorizationId: ask.authorizationId,
    decision: 'allow',
    expiresAt: instantToJson(authorization.expiresAt),
    fundedBy,
    ...(remaining !== undefined && { remaining }),
    warnings: warnings.map((warning) => warningToJson(warning, language, { meter: ask.meter })),
  }
  return { status: 200, body }
}

function denied(ask: Asked, denial: Denial, language: Language): Outcome {
  const body: AuthorizationAnswer = {
    authorizationId: ask.authorizationId,
    decision: 'deny',
    refusal: denialToJson(denial, language, { meter: ask.meter }),
  }
  return { status: 200, body }
}

function asAuthorization(entry: KnownEntry): Authorized {
  if (entry.kind !== 'authorization')
    throw new Error(`an entry of kind ${entry.kind} under an authorization's key`)
  return entry
}

export const handler = authorizeUsage(openDeps())
