import { reverseUsage as call, type ReversalAnswer } from '../../contract/reverse-usage.ts'
import type { Reverse } from '../../core/commands/reverse.ts'
import type { EntryOf } from '../../core/journal/entry.ts'
import { totalsOf } from '../../core/journal/reversal.ts'
import { refuse } from '../../core/refusal.ts'
import { previewAct } from '../acts/preview-act.ts'
import { tokensToJson } from '../http/charge-json.ts'
import { creditNoteToJson } from '../http/document-json.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'

/** Takes back an authorization or a usage event, once per reversal id, or shows the consequences. */
export function reverseUsage(deps: TeamDeps) {
  return route(call, async ({ params: { teamId }, body, query, language }): Promise<Outcome> => {
    const { reversalId, reason, authorizationId, source = '', id = '' } = body
    const operation = authorizationId === undefined ? { source, id } : { authorizationId }
    if (!(await deps.reversals.belongsTo(teamId, operation)))
      return (await deps.reversals.isNamed(teamId, reversalId)) ? refuse('IDEMPOTENCY_CONFLICT') : notFound
    const command: Reverse = { kind: 'reverse', reversalId, reason, operation }
    if (query.preview) {
      const shown = await previewAct(deps, { teamId, language }, command)
      if (shown === 'absent') return notFound
      if ('refused' in shown) return shown
      return { status: 200, body: { ...toJson(shown.answer.entry, 'preview'), effect: shown.effect } }
    }
    const result = await deps.operations.run(teamId, command)
    if (result === 'absent') return notFound
    return 'refused' in result ? result : { status: 201, body: toJson(result.answer.entry, 'reversed') }
  })
}

function toJson(entry: EntryOf<'reversal'>, status: ReversalAnswer['status']): ReversalAnswer {
  const { reversalId, appId, meter, unbilled, creditUsdCents, creditNotes } = entry
  const { quantity, milliTokens } = totalsOf(entry)
  return {
    reversalId,
    appId,
    meter,
    quantity,
    tokens: tokensToJson(milliTokens),
    usdCents: unbilled.reduce((sum, { usdCents }) => sum + usdCents, 0),
    creditUsdCents,
    creditNotes: creditNotes.map(creditNoteToJson),
    status,
  }
}
