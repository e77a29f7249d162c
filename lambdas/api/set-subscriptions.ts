import type { SubscriptionsAnswer } from '../../contract/set-subscriptions.ts'
import { setSubscriptions as call } from '../../contract/set-subscriptions.ts'
import { periodEnd } from '../../core/time/time.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import { subscriptionToJson } from '../http/subscription-json.ts'
import type { Deps } from '../runtime/deps.ts'

/** Sets what products a team subscribes to. Their included amounts count at once; what is taken away stays for the month. */
export function setSubscriptions(deps: Deps) {
  return route(call, async ({ params, body }): Promise<Outcome> => {
    const subscriptions = body.subscriptions.map(({ product, count, from, until }) => {
      const end = until === undefined ? {} : { until: periodEnd(until.slice(0, 7)) }
      return { product, count, from: Date.parse(from), ...end }
    })
    const result = await deps.operations.run(params.teamId, { kind: 'set-subscriptions', subscriptions })
    if (result === 'absent') return notFound
    if ('refused' in result) return result
    const answer: SubscriptionsAnswer = { ...params, subscriptions: result.answer.map(subscriptionToJson) }
    return { status: 200, body: answer }
  })
}
