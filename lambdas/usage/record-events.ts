import type { KnownAs, UsageEvent } from '../../core/commands/record-usage.ts'
import type { EntryOf } from '../../core/journal/entry.ts'
import type { ProblemCode } from '../../core/texts/texts-model.ts'
import type { Deps } from '../runtime/deps.ts'
import { logger } from '../runtime/log.ts'
import { metrics } from '../runtime/metrics.ts'
import { knownAs } from '../store/entry-item.ts'
import { eventKey, keyText } from '../store/keys.ts'
import { type Rejection, rejectionsOf } from './rejections.ts'

/** Events of one transaction: with the account they stay below the limit of a hundred items. */
const eventsPerCommit = 90
const teamsAtOnce = 4

export type EventResult =
  | { readonly status: 'recorded'; readonly entry: EntryOf<'usage'> }
  | { readonly status: 'duplicate' }
  | { readonly status: 'rejected'; readonly code: ProblemCode }

type Results = Map<UsageEvent, EventResult>

/**
 * Records a batch of events, team by team. Returns the result of each, in the order sent. Each event is judged as if it had been
 * sent alone after those before it: the first acceptable event of an id binds it; a rejected one leaves it free.
 */
export async function recordEvents(
  deps: Deps,
  events: readonly UsageEvent[],
): Promise<readonly EventResult[]> {
  const apps = await deps.apps.findAll(events.map(({ appId }) => appId))
  const rejections = await rejectionsOf(deps, events, apps)
  const { before, first, after } = inTurn(events, rejections)
  const results: Results = new Map()
  await judgeKnown(deps, before, rejections, results)
  await recordAll(
    deps,
    Map.groupBy(first, ({ appId }) => apps.get(appId)?.teamId ?? ''),
    results,
  )
  await judgeKnown(deps, after, rejections, results)
  noteConflicts(events.filter((event) => isConflict(results.get(event))))
  return events.map((event) => resultAmong(results, event))
}

/** Splits a batch by id: the first event that can be recorded, the events before it, which cannot, and those after it. */
function inTurn(events: readonly UsageEvent[], rejections: ReadonlyMap<UsageEvent, Rejection>) {
  const first = new Map<string, UsageEvent>()
  const before: UsageEvent[] = []
  const after: UsageEvent[] = []
  for (const event of events) {
    if (first.has(keyOf(event))) after.push(event)
    else if (rejections.has(event)) before.push(event)
    else first.set(keyOf(event), event)
  }
  return { before, first: [...first.values()], after }
}

/** Compares events with the current entries under their ids; unknown events get their rejection. */
async function judgeKnown(
  { journal }: Deps,
  events: readonly UsageEvent[],
  rejections: ReadonlyMap<UsageEvent, Rejection>,
  results: Results,
): Promise<void> {
  const keys = new Map(events.map((event) => [keyOf(event), eventKey(event.source, event.id)]))
  const found = await journal.knownAmong([...keys.values()])
  for (const event of events) {
    const entry = found.get(keyOf(event))
    const code = rejections.get(event)
    if (entry !== undefined) results.set(event, resultOf(knownAs(event, entry)))
    else if (code !== undefined) results.set(event, { status: 'rejected', code })
  }
}

/** Records events of different ids, those of each team in their order. */
async function recordAll(
  deps: Deps,
  eventsByTeam: ReadonlyMap<string, readonly UsageEvent[]>,
  results: Results,
): Promise<void> {
  const teams = [...eventsByTeam]
  const workers = Array.from({ length: teamsAtOnce }, async () => {
    for (let next = teams.shift(); next !== undefined; next = teams.shift())
      await recordTeam(deps, ...next, results)
  })
  await Promise.all(workers)
}

async function recordTeam(
  { operations }: Deps,
  teamId: string,
  events: readonly UsageEvent[],
  results: Results,
): Promise<void> {
  for (let start = 0; start < events.length; start += eventsPerCommit) {
    const some = events.slice(start, start + eventsPerCommit)
    const result = await operations.run(teamId, { kind: 'record-usage', events: some })
    if (result === 'absent' || 'refused' in result) throw new Error('usage is never refused')
    for (const one of result.answer)
      results.set(one.event, one.status === 'recorded' ? one : resultOf(one.status))
  }
}

function resultOf(known: KnownAs): EventResult {
  return known === 'duplicate' ? { status: known } : { status: 'rejected', code: 'IDEMPOTENCY_CONFLICT' }
}

function resultAmong(results: Results, event: UsageEvent): EventResult {
  const result = results.get(event)
  if (result === undefined) throw new Error('an event was left without a result')
  return result
}

function isConflict(result: EventResult | undefined): boolean {
  return result?.status === 'rejected' && result.code === 'IDEMPOTENCY_CONFLICT'
}

/** Counts conflicts and logs their sender: its work is recorded nowhere until it is sent again under new ids. */
function noteConflicts(events: readonly UsageEvent[]): void {
  const [first] = events
  if (first === undefined) return
  const { source, id, appId } = first
  metrics.add('UsageConflicts', events.length)
  logger.warn('usage in conflict', { events: events.length, source, eventId: id, appId })
}

const keyOf = (event: UsageEvent): string => keyText(eventKey(event.source, event.id))
