import type { SubscriptionsAnswer } from '../../contract/set-subscriptions.ts'
import { setSubscriptions as call } from '../../contract/set-subscriptions.ts'
import type { SetSubscriptions } from '../../core/commands/set-subscriptions.ts'
import { periodEnd } from '../../core/time/time.ts'
import { previewAct, previewOutcome } from '../acts/preview-act.ts'
import { readExpected } from '../acts/read-team.ts'
import { notFound, type Outcome, preconditionFailed } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import { subscriptionToJson } from '../http/subscription-json.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'

/** Sets what products a team subscribes to. Their included amounts count at once; what is taken away stays for the month. */
export function setSubscriptions(deps: TeamDeps) {
  return route(call, async ({ params, body, query, headers, language }): Promise<Outcome> => {
    const { teamId } = params
    const subscriptions = body.subscriptions.map(({ product, count, from, until }) => {
      const end = until === undefined ? {} : { until: periodEnd(until.slice(0, 7)) }
      return { product, count, from: Date.parse(from), ...end }
    })
    const read = await readExpected(deps, teamId, headers['if-match'])
    if (read === 'stale') return preconditionFailed
    const command: SetSubscriptions = {
      kind: 'set-subscriptions',
      subscriptions,
      reason: body.reason,
      expected: read?.account.subscriptions,
    }
    const shown = query.preview ? await previewAct(deps, { teamId, language }, command) : undefined
    const result = shown ?? (await deps.operations.run(teamId, command))
    if (result === 'absent') return notFound
    if ('refused' in result) return result
    if (result.answer === 'stale') return preconditionFailed
    const answer: SubscriptionsAnswer = { teamId, subscriptions: result.answer.map(subscriptionToJson) }
    return shown === undefined ? { status: 200, body: answer } : previewOutcome(shown, answer)
  })
}
