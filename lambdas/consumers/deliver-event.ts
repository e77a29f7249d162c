import * as v from 'valibot'
import { notifiedEvent } from '../../contract/notified-event.ts'
import { correlationIdOf } from '../bus/event-correlation.ts'
import { openDeliverer } from '../delivery/open-deliverer.ts'
import { toHandler } from '../runtime/handler.ts'
import { openDeps } from '../runtime/open-deps.ts'

const { deliverer } = openDeliverer(openDeps())

/** Delivers an event of the bus to the team's endpoints. Throws for a foreign event, which becomes a dead letter. */
async function deliverEvent(event: unknown): Promise<void> {
  const { 'detail-type': type, detail } = v.parse(notifiedEvent, event)
  await deliverer.tell({ type, detail })
}

export const handler = toHandler('deliver-event', deliverEvent, correlationIdOf)
