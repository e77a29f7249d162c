import * as v from 'valibot'
import { recoveryVerdict } from '../../core/invoice/recovery.ts'
import type { Deps } from '../runtime/deps.ts'
import { toHandler } from '../runtime/handler.ts'
import { openDeps } from '../runtime/open-deps.ts'
import { RecoveryInput, type Wait, waitUntil } from '../runtime/workflow-input.ts'

type Recovery = { readonly teamId: string } & (
  | Wait
  | { readonly verdict: 'done'; readonly outcome: 'paid' | 'stopped' }
)

/** Takes the due recovery steps of a team's dues whose payment has failed, and returns the time of the next call. */
export async function recoverPayment(deps: Deps, input: unknown): Promise<Recovery> {
  const { teamId } = v.parse(RecoveryInput, input)
  await deps.operations.advance(teamId)
  const account = await deps.operations.load(teamId)
  const verdict = recoveryVerdict(account?.dues ?? [])
  if (verdict.verdict === 'done') return { teamId, ...verdict }
  return { teamId, ...waitUntil(verdict.until, deps.clock.now()) }
}

const deps = openDeps()

export const handler = toHandler('recover-payment', (input: unknown) => recoverPayment(deps, input))
