import type { DeliveryAnswer } from '../../contract/delivery.ts'
import { instantToJson } from '../../contract/instant.ts'
import type { DeliveriesAnswer } from '../../contract/list-deliveries.ts'
import { listDeliveries as listCall } from '../../contract/list-deliveries.ts'
import { resendDelivery as resendCall } from '../../contract/resend-delivery.ts'
import { outcomeText } from '../../core/texts/delivery-texts.ts'
import type { Language } from '../../core/texts/texts-model.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { DeliveryStore } from '../store/deliveries.ts'
import { type Delivery, isOfTeam } from '../store/delivery.ts'

const pageSize = 50

/** Lists deliveries to the team's endpoints, done or coming, newest first, with the tries of each. */
export function listDeliveries(deps: TeamDeps) {
  const store = new DeliveryStore(deps.table)
  return hubRoute(deps, listCall, async ({ params, query, language }): Promise<Outcome> => {
    if ((await deps.operations.load(params.teamId)) === undefined) return notFound
    const found = await store.newest(params.teamId, query.cursor, pageSize)
    const cursor = found.length === pageSize ? found.at(-1)?.deliveryId : undefined
    const body: DeliveriesAnswer = { deliveries: found.map((delivery) => toJson(delivery, language)), cursor }
    return { status: 200, body }
  })
}

/** Sends a delivery again, whatever its status: within a minute, and with all its tries. */
export function resendDelivery(deps: TeamDeps) {
  const store = new DeliveryStore(deps.table)
  return hubRoute(deps, resendCall, async ({ params, language }): Promise<Outcome> => {
    const { teamId, deliveryId } = params
    // It is read first, because a write whose condition fails costs as much as one that succeeds.
    const isThere = isOfTeam(deliveryId) && (await store.find(teamId, deliveryId)) !== undefined
    const isResent = isThere && (await store.resend(teamId, deliveryId, deps.clock.now()))
    const delivery = isResent ? await store.find(teamId, deliveryId) : undefined
    return delivery === undefined ? notFound : { status: 202, body: toJson(delivery, language) }
  })
}

function toJson(delivery: Delivery, language: Language): DeliveryAnswer {
  const { deliveryId, endpointId, eventId, type, status, attempts } = delivery
  const tries = attempts.map(({ at, outcome }) => {
    return { at: instantToJson(at), outcome: outcomeText(outcome, language) }
  })
  return { deliveryId, endpointId, eventId, type, status, attempts: tries }
}
