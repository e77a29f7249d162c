import type { Authorize, Granted } from '../../core/commands/authorize.ts'
import { deny } from '../../core/funding/denial.ts'
import { type Refusal, refuse } from '../../core/refusal.ts'
import { meterFault } from '../http/meter-fault.ts'
import type { Problem } from '../http/outcome.ts'
import { noteStep } from '../runtime/invocation.ts'
import type { MeterDeps } from '../runtime/meter-deps.ts'
import { metrics } from '../runtime/metrics.ts'
import { authorizationKey } from '../store/keys.ts'

type Asked = Pick<Authorize, 'authorizationId' | 'meter'>

/** The 400 for a meter that cannot be authorized; undefined for any other, and for an id that was allowed before. */
export async function askedFault(
  deps: MeterDeps,
  { authorizationId, meter }: Asked,
): Promise<Problem | undefined> {
  const fault = await meterFault(deps.catalog, meter, deps.clock.now())
  return fault !== undefined && !(await isBound(deps, authorizationId)) ? fault : undefined
}

/** The refusal of an authorization for an unknown app. */
export async function unknownApp(deps: MeterDeps, authorizationId: string): Promise<Refusal> {
  const isKnown = await isBound(deps, authorizationId)
  return isKnown ? refuse('IDEMPOTENCY_CONFLICT') : deny([{ code: 'UNKNOWN_APP' }])
}

/** Counts a decision, and notes it for the log. */
export function noteDecision(
  { appId, meter, quantity }: Pick<Authorize, 'appId' | 'meter' | 'quantity'>,
  decided: Granted | Refusal,
): void {
  const code = 'refused' in decided ? decided.code : 'ALLOWED'
  metrics.add('Decisions', 1, { Code: code })
  noteStep('decided', { code, appId, meter, quantity })
}

/** True for an id that was allowed before. It is checked before the content: other content is a conflict, valid or not. */
async function isBound({ journal }: MeterDeps, authorizationId: string): Promise<boolean> {
  return (await journal.known(authorizationKey(authorizationId))) !== undefined
}
