import type { KnownAs, UsageEvent } from '../../core/commands/record-usage.ts'
import type { EntryOf } from '../../core/journal/entry.ts'
import type { EventRejectionCode, MeterProblemCode } from '../../core/texts/texts-model.ts'
import { stopwatch } from '../runtime/clock.ts'
import { logger } from '../runtime/log.ts'
import type { MeterDeps } from '../runtime/meter-deps.ts'
import { metrics } from '../runtime/metrics.ts'
import { knownAs } from '../store/entry-item.ts'
import { eventKey, keyText } from '../store/keys.ts'
import { recordTeams } from './record-teams.ts'
import { type Rejection, rejectionsOf } from './rejections.ts'

export type EventResult =
  | { readonly status: 'recorded'; readonly entry: EntryOf<'usage'> }
  | { readonly status: 'duplicate' }
  | { readonly status: 'rejected'; readonly code: MeterProblemCode | EventRejectionCode }
  /** It is not certain whether the event was recorded. It may be sent again: its id counts once. */
  | { readonly status: 'busy'; readonly retryAfterSeconds: number }

type Results = Map<UsageEvent, EventResult>

/** Time in which a request may begin new work; what has begun ends well within the function's time. */
const budgetMs = 10_000

/**
 * Records a batch of events, many teams at once. Returns the result of each, in the order sent. Each event is judged as if it
 * had been sent alone after those before it: the first acceptable event of an id binds it; a rejected one leaves it free. A team
 * that stays busy makes its own events busy, as does the end of the time. Those are looked up once more before they are
 * answered, so an event that was recorded is only called busy while its transaction is still under way.
 */
export async function recordEvents(
  deps: MeterDeps,
  events: readonly UsageEvent[],
  isLate: () => boolean = lateAfter(budgetMs),
): Promise<readonly EventResult[]> {
  const apps = await deps.apps.findAll(events.map(({ appId }) => appId))
  const rejections = await rejectionsOf(deps, events, apps)
  const { before, first, after } = inTurn(events, rejections)
  const results: Results = new Map()
  await judgeKnown(deps, before, rejections, results)
  const byTeam = Map.groupBy(first, ({ appId }) => apps.get(appId)?.teamId ?? '')
  const { results: recorded, retryAfterSeconds } = await recordTeams(deps, byTeam, isLate)
  for (const result of recorded)
    results.set(result.event, result.status === 'recorded' ? result : resultOf(result.status))
  const busy = first.filter((event) => !results.has(event))
  await judgeKnown(deps, [...busy, ...after], rejections, results)
  noteConflicts(events.filter((event) => isConflict(results.get(event))))
  const busyKeys = new Set(busy.map(keyOf))
  return events.map((event) => {
    const result = results.get(event)
    if (result !== undefined) return result
    // An event without a result of its id is busy, like the event that would have bound the id.
    if (!busyKeys.has(keyOf(event))) throw new Error('an event was left without a result')
    return { status: 'busy', retryAfterSeconds }
  })
}

function lateAfter(milliseconds: number): () => boolean {
  const elapsed = stopwatch()
  return () => elapsed() > milliseconds
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
  { journal }: MeterDeps,
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

function resultOf(known: KnownAs): EventResult {
  return known === 'duplicate' ? { status: known } : { status: 'rejected', code: 'IDEMPOTENCY_CONFLICT' }
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
