import { isKnownMeter } from '../../core/catalog/catalog.ts'
import { rejectionOf, type UsageEvent } from '../../core/commands/record-usage.ts'
import type { EntryOf } from '../../core/journal/entry.ts'
import type { App } from '../../core/migration/compliance.ts'
import type { ProblemCode } from '../../core/texts/texts-model.ts'
import type { Deps } from '../runtime/deps.ts'
import { eventKey, keyText } from '../store/keys.ts'

/** Events of one transaction: with the account they stay below the hundred items that it may have. */
const eventsPerCommit = 90
const teamsAtOnce = 4

export type EventResult =
  | { readonly status: 'recorded'; readonly entry: EntryOf<'usage'> }
  | { readonly status: 'duplicate' }
  | { readonly status: 'rejected'; readonly code: ProblemCode }

/**
 * Records a batch of events, team by team. Returns the result of each, in the order sent; an event that is sent twice counts
 * once, and its second appearance is a duplicate of the first.
 */
export async function recordEvents(
  deps: Deps,
  events: readonly UsageEvent[],
): Promise<readonly EventResult[]> {
  const first = new Map(events.toReversed().map((event) => [keyOf(event), event]))
  const unique = events.filter((event) => first.get(keyOf(event)) === event)
  const apps = await deps.apps.findAll(unique.map(({ appId }) => appId))
  const results = new Map(await reject(deps, unique, apps))
  const accepted = unique.filter((event) => !results.has(event))
  const teams = [...Map.groupBy(accepted, ({ appId }) => apps.get(appId)?.teamId ?? '')]
  const workers = Array.from({ length: teamsAtOnce }, async () => {
    for (let next = teams.shift(); next !== undefined; next = teams.shift())
      for (const [event, result] of await recordTeam(deps, ...next)) results.set(event, result)
  })
  await Promise.all(workers)
  return events.map((event) => resultOf(event, first, results))
}

function resultOf(
  event: UsageEvent,
  first: ReadonlyMap<string, UsageEvent>,
  results: ReadonlyMap<UsageEvent, EventResult>,
): EventResult {
  const original = first.get(keyOf(event))
  const result = original === undefined ? undefined : results.get(original)
  if (result === undefined) throw new Error('an event was left without a result')
  return result.status === 'recorded' && original !== event ? { status: 'duplicate' } : result
}

/** Rejects events that cannot be recorded; one that is known already is a duplicate, whatever else is wrong with it now. */
async function reject(
  { catalog, clock, journal }: Deps,
  events: readonly UsageEvent[],
  apps: ReadonlyMap<string, App>,
): Promise<readonly (readonly [UsageEvent, EventResult])[]> {
  let rates = await catalog.get()
  if (events.some(({ meter }) => !isKnownMeter(rates, meter))) rates = await catalog.read()
  const now = clock.now()
  const rejected = events.flatMap((event) => {
    const code = apps.has(event.appId) ? rejectionOf(event, now, rates) : ('UNKNOWN_APP' as const)
    return code === undefined ? [] : [{ event, code }]
  })
  const existing = await journal.existing(rejected.map(({ event }) => eventKey(event.source, event.id)))
  return rejected.map(({ event, code }) => {
    return [event, existing.has(keyOf(event)) ? { status: 'duplicate' } : { status: 'rejected', code }]
  })
}

async function recordTeam(
  { operations }: Deps,
  teamId: string,
  events: readonly UsageEvent[],
): Promise<readonly (readonly [UsageEvent, EventResult])[]> {
  const results: (readonly [UsageEvent, EventResult])[] = []
  for (let start = 0; start < events.length; start += eventsPerCommit) {
    const some = events.slice(start, start + eventsPerCommit)
    const result = await operations.run(teamId, { kind: 'record-usage', events: some })
    if (result === 'absent' || 'refused' in result) throw new Error('usage is never refused')
    for (const { event, entry } of result.answer)
      results.push([event, entry === undefined ? { status: 'duplicate' } : { status: 'recorded', entry }])
  }
  return results
}

const keyOf = (event: UsageEvent): string => keyText(eventKey(event.source, event.id))
