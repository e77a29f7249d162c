import type { DeliveryAnswer } from '../../contract/delivery.ts'
import { instantToJson } from '../../contract/instant.ts'
import type { DeliveriesAnswer } from '../../contract/list-deliveries.ts'
import { listDeliveries as listCall } from '../../contract/list-deliveries.ts'
import { resendDelivery as resendCall } from '../../contract/resend-delivery.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { DeliveryStore } from '../store/deliveries.ts'
import { type Delivery, isOfTeam } from '../store/delivery.ts'

const pageSize = 50

/** Lists deliveries to the team's endpoints, done or coming, newest first, with the tries of each. */
export function listDeliveries(deps: TeamDeps) {
  const store = new DeliveryStore(deps.table)
  return hubRoute(deps, listCall, async ({ params, query }): Promise<Outcome> => {
    if ((await deps.operations.load(params.teamId)) === undefined) return notFound
    const found = await store.newest(params.teamId, query.cursor, pageSize)
    const cursor = found.length === pageSize ? found.at(-1)?.deliveryId : undefined
    const body: DeliveriesAnswer = { deliveries: found.map(toJson), cursor }
    return { status: 200, body }
  })
}

/** Sends a delivery again, whatever its status: within a minute, and with all its tries. */
export function resendDelivery(deps: TeamDeps) {
  const store = new DeliveryStore(deps.table)
  return hubRoute(deps, resendCall, async ({ params }): Promise<Outcome> => {
    const { teamId, deliveryId } = params
    const isThere = isOfTeam(deliveryId) && (await store.resend(teamId, deliveryId, deps.clock.now()))
    const delivery = isThere ? await store.find(teamId, deliveryId) : undefined
    return delivery === undefined ? notFound : { status: 202, body: toJson(delivery) }
  })
}

function toJson({ deliveryId, endpointId, eventId, type, status, attempts }: Delivery): DeliveryAnswer {
  const tries = attempts.map(({ at, outcome }) => ({ at: instantToJson(at), outcome }))
  return { deliveryId, endpointId, eventId, type, status, attempts: tries }
}
