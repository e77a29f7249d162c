import { isKnownName } from '../../core/catalog/names.ts'
import { type EventRejection, rejectionOf, type UsageEvent } from '../../core/commands/record-usage.ts'
import type { App } from '../../core/migration/compliance.ts'
import type { MeterDeps } from '../runtime/meter-deps.ts'

export type Rejection = EventRejection | 'UNKNOWN_APP'

/** The events of a batch that cannot be recorded now, with the reason. It does not check whether their ids are known. */
export async function rejectionsOf(
  { catalog, clock }: MeterDeps,
  events: readonly UsageEvent[],
  apps: ReadonlyMap<string, App>,
): Promise<ReadonlyMap<UsageEvent, Rejection>> {
  let rates = await catalog.get()
  if (events.some(({ meter }) => !isKnownName(rates, meter))) rates = await catalog.read()
  const now = clock.now()
  const rejected = events.flatMap((event) => {
    const code = apps.has(event.appId) ? rejectionOf(event, now, rates) : 'UNKNOWN_APP'
    return code === undefined ? [] : [[event, code] as const]
  })
  return new Map(rejected)
}
