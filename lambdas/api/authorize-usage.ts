import type { AuthorizationAnswer } from '../../contract/authorize-usage.ts'
import { authorizeUsage as call } from '../../contract/authorize-usage.ts'
import { instantToJson } from '../../contract/instant.ts'
import type { Authorize } from '../../core/commands/authorize.ts'
import { type Denial, deny, isDenial } from '../../core/funding/denial.ts'
import type { EntryOf } from '../../core/journal/entry.ts'
import { type Refusal, refuse } from '../../core/refusal.ts'
import type { Language } from '../../core/texts/texts-model.ts'
import { denialToJson } from '../http/denial-json.ts'
import { meterFault } from '../http/meter-fault.ts'
import type { Outcome } from '../http/outcome.ts'
import { warningToJson } from '../http/problem.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'
import { noteStep } from '../runtime/invocation.ts'
import { metrics } from '../runtime/metrics.ts'
import { openDeps } from '../runtime/open-deps.ts'
import { authorizationKey } from '../store/keys.ts'

type Authorized = EntryOf<'authorization'>

/** Promises an app the use of a meter, so that the work that follows can be paid for. */
export function authorizeUsage(deps: Deps) {
  return route(call, async ({ body, language }): Promise<Outcome> => {
    const { authorizationId, meter } = body
    const fault = await meterFault(deps.catalog, meter, deps.clock.now())
    if (fault !== undefined && !(await isBound(deps, authorizationId))) return fault
    const command: Authorize = { kind: 'authorize', ...body }
    const decided = await authorize(deps, command)
    const Code = 'refused' in decided ? decided.code : 'ALLOWED'
    metrics.add('Decisions', 1, { Code })
    noteStep('decided', { code: Code, appId: body.appId, meter: body.meter, quantity: body.quantity })
    if (!('refused' in decided)) return { status: 200, body: allowToJson(decided, language) }
    return isDenial(decided) ? { status: 200, body: denyToJson(command, decided, language) } : decided
  })
}

async function authorize(deps: Deps, command: Authorize): Promise<Authorized | Refusal> {
  const app = await deps.apps.find(command.appId)
  if (app === undefined) {
    const isKnown = await isBound(deps, command.authorizationId)
    return isKnown ? refuse('IDEMPOTENCY_CONFLICT') : deny([{ code: 'UNKNOWN_APP' }])
  }
  const result = await deps.operations.run(app.teamId, command, { app })
  if (result === 'absent') throw new Error(`the account of ${app.teamId} is absent`)
  return 'refused' in result ? result : result.answer
}

/** True for an id that was allowed before. It is checked before the content: other content is a conflict, valid or not. */
async function isBound({ journal }: Deps, authorizationId: string): Promise<boolean> {
  return (await journal.known(authorizationKey(authorizationId))) !== undefined
}

function allowToJson(entry: Authorized, language: Language): AuthorizationAnswer {
  const { authorization, fundedBy, remaining, warnings } = entry
  const { authorizationId, expiresAt, meter } = authorization
  return {
    authorizationId,
    decision: 'allow',
    expiresAt: instantToJson(expiresAt),
    fundedBy,
    ...(remaining !== undefined && { remaining }),
    warnings: warnings.map((warning) => warningToJson(warning, language, { meter })),
  }
}

function denyToJson(command: Authorize, denial: Denial, language: Language): AuthorizationAnswer {
  const { authorizationId, meter } = command
  return { authorizationId, decision: 'deny', refusal: denialToJson(denial, language, { meter }) }
}

export const handler = authorizeUsage(openDeps())
