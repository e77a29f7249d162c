import { authorizeUsage as call } from '../../contract/authorize-usage.ts'
import type { Authorize, Granted } from '../../core/commands/authorize.ts'
import { authorize as rule } from '../../core/commands/authorize.ts'
import type { App } from '../../core/migration/compliance.ts'
import type { Refusal } from '../../core/refusal.ts'
import { authorizationOutcome } from '../http/authorization-json.ts'
import { meterRoute } from '../http/meter-route.ts'
import type { Outcome } from '../http/outcome.ts'
import { type MeterDeps, openMeterDeps } from '../runtime/meter-deps.ts'
import { loadAuthorize } from '../store/meter-loaders.ts'
import { askedFault, noteDecision, unknownApp } from '../usage/authorizing.ts'

/** Promises an app the use of a meter, so that the work that follows can be paid for. */
export function authorizeUsage(deps: MeterDeps) {
  return meterRoute(call, async ({ body, language }): Promise<Outcome> => {
    const fault = await askedFault(deps, body)
    if (fault !== undefined) return fault
    const app = await deps.apps.find(body.appId)
    const decided = app
      ? await authorize(deps, app, { kind: 'authorize', ...body })
      : await unknownApp(deps, body.authorizationId)
    noteDecision(body, decided)
    return authorizationOutcome({ ...body, teamId: app?.teamId }, decided, language)
  })
}

async function authorize(deps: MeterDeps, app: App, command: Authorize): Promise<Granted | Refusal> {
  const result = await deps.operations.run(app.teamId, command, { app })
  if (result === 'absent') throw new Error(`the account of ${app.teamId} is absent`)
  return 'refused' in result ? result : result.answer
}

export const handler = authorizeUsage(
  openMeterDeps({ rules: { authorize: rule }, loaders: { authorize: loadAuthorize } }),
)
