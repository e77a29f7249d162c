import * as v from 'valibot'
import { recoveryVerdict } from '../../core/invoice/recovery.ts'
import type { Period } from '../../core/time/time.ts'
import { type Deps, openDeps } from '../runtime/deps.ts'
import { toHandler } from '../runtime/handler.ts'
import { RecoveryInput, secondsUntil } from '../runtime/workflow-input.ts'

type Recovery = { readonly teamId: string; readonly period: Period } & (
  | { readonly verdict: 'wait'; readonly seconds: number }
  | { readonly verdict: 'done'; readonly outcome: 'paid' | 'stopped' }
)

/** Takes the due recovery steps of a bill whose payment has failed, and returns the time of the next call. */
export async function recoverPayment(deps: Deps, input: unknown): Promise<Recovery> {
  const { teamId, period } = v.parse(RecoveryInput, input)
  await deps.operations.advance(teamId)
  const account = await deps.operations.load(teamId)
  const verdict = recoveryVerdict(account?.unpaid.find((bill) => bill.period === period))
  if (verdict.verdict === 'done') return { teamId, period, ...verdict }
  return { teamId, period, verdict: 'wait', seconds: secondsUntil(verdict.until, deps.clock.now()) }
}

const deps = openDeps()

export const handler = toHandler('recover-payment', (input: unknown) => recoverPayment(deps, input))
