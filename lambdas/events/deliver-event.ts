import * as v from 'valibot'
import { openDeliverer } from '../delivery/open-deliverer.ts'
import { openDeps } from '../runtime/deps.ts'
import { toldEvent } from '../schema/events/told-event.ts'

const { deliverer } = openDeliverer(openDeps())

/** Brings an event of the bus to the team's endpoints. Throws for what is no event of ours: it is kept. */
export async function handler(event: unknown): Promise<void> {
  const { 'detail-type': type, detail } = v.parse(toldEvent, event)
  await deliverer.tell({ type, detail })
}
