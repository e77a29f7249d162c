import { metersInsteadOf } from '../../core/catalog/names.ts'
import type { Instant } from '../../core/time/time.ts'
import type { CatalogStore } from '../store/catalog.ts'
import { badRequest, type Problem } from './outcome.ts'

/** The 400 for a name that no catalog data name, or that has ended, with the meters to use instead; undefined for any other. */
export async function meterFault(
  catalog: CatalogStore,
  meter: string,
  now: Instant,
): Promise<Problem | undefined> {
  const status = await catalog.statusOf(meter)
  if (status === 'unknown') return badRequest({ pointer: '/meter', message: 'unknownMeter' })
  if (status !== 'ended') return undefined
  const meters = metersInsteadOf(await catalog.get(), meter, now)
  return {
    problem: 'METER_ENDED',
    facts: { meter, meters },
    faults: [{ pointer: '/meter', message: 'endedMeter' }],
  }
}
