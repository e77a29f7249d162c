import type { CaptureAnswer } from '../../contract/capture-authorization.ts'
import { captureAuthorization as call } from '../../contract/capture-authorization.ts'
import { capture } from '../../core/commands/capture.ts'
import { chargesToJson } from '../http/charge-json.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import { type Deps, openDeps } from '../runtime/deps.ts'

/** Records what an authorization has used so far, all captures together, and charges what is new. */
export function captureAuthorization(deps: Deps) {
  return route(call, async ({ params, body }): Promise<Outcome> => {
    const { authorizationId } = params
    const found = await deps.journal.authorization(authorizationId)
    if (found === undefined) return notFound
    const catalog = await deps.catalog.get()
    const command = { used: body.used, isFinal: body.final }
    const outcome = await deps.operations.run(found.teamId, catalog, async (account, now, known) => {
      // Another capture came first: what it left is the one to go on from.
      const latest = known.size > 0 ? ((await deps.journal.authorization(authorizationId)) ?? found) : found
      const captured = capture(account, latest.authorization, command, now, catalog)
      const entries = captured.entry === undefined ? [] : [captured.entry]
      return { account: captured.account, entries, answer: captured }
    })
    if (typeof outcome === 'string' || 'refused' in outcome) throw new Error('a capture is never refused')
    const { authorization, charges, isLate, isOverrun } = outcome.answer
    const answer: CaptureAnswer = {
      authorizationId,
      used: authorization.used,
      status: authorization.closed ? 'closed' : 'open',
      charges: chargesToJson(charges),
      ...(isLate && { late: true }),
      ...(isOverrun && { overrun: true }),
    }
    return { status: 200, body: answer }
  })
}

export const handler = captureAuthorization(openDeps())
