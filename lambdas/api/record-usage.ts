import { recordUsage as call } from '../../contract/record-usage.ts'
import type { UsageAnswer, UsageResultAnswer } from '../../contract/record-usage-answer.ts'
import {
  type EventProblem,
  eventIdentity,
  eventProblem,
  parseUsageEvent,
} from '../../contract/usage-event.ts'
import type { Catalog } from '../../core/catalog/catalog.ts'
import { metersInsteadOf } from '../../core/catalog/names.ts'
import type { UsageEvent } from '../../core/commands/record-usage.ts'
import { recordUsage as rule } from '../../core/commands/record-usage.ts'
import type { EntryOf } from '../../core/journal/entry.ts'
import type { Language } from '../../core/texts/texts-model.ts'
import { chargesToJson } from '../http/charge-json.ts'
import { meterRoute } from '../http/meter-route.ts'
import { busy, type Outcome } from '../http/outcome.ts'
import { problemStatus } from '../http/problem.ts'
import { type MeterDeps, openMeterDeps } from '../runtime/meter-deps.ts'
import { metrics } from '../runtime/metrics.ts'
import { loadRecordUsage } from '../store/meter-loaders.ts'
import { type EventResult, recordEvents } from '../usage/record-events.ts'

/**
 * Records work that was not authorized first. Each event of a batch gets its own answer; a single rejected event is a 422. The
 * rows of busy teams carry a 503. If there are no other rows, the answer itself is a 503.
 */
export function recordUsage(deps: MeterDeps) {
  return meterRoute(call, async ({ body, language }): Promise<Outcome> => {
    const rows = (Array.isArray(body) ? body : [body]).map((sent) => ({
      sent,
      ...parseUsageEvent(sent, language),
    }))
    const events = rows.flatMap((row) => ('event' in row ? [row.event] : []))
    const found = await recordEvents(deps, events)
    const [firstBusy] = found.filter((result) => result.status === 'busy')
    const isAllBusy = found.length === rows.length && found.every(({ status }) => status === 'busy')
    if (firstBusy !== undefined && isAllBusy) return busy(firstBusy.retryAfterSeconds)
    // The call as a whole succeeds, so the route does not count it.
    if (firstBusy !== undefined) metrics.add('Busy', 1, { Operation: call.route.operationId })
    const recorded = found.values()
    const catalog = await deps.catalog.get()
    const results = rows.map((row): UsageResult => {
      if ('problem' in row) return { ...eventIdentity(row.sent), status: 'rejected', problem: row.problem }
      const { value } = recorded.next()
      if (value === undefined) throw new Error('an event was left without a result')
      return toJson(row.event, value, language, catalog)
    })
    const [first] = results
    if (!Array.isArray(body) && first?.status === 'rejected') return { rejected: first.problem }
    return { status: 200, body: { results } satisfies UsageAnswer }
  })
}

/** A row of the answer. The problem of a rejected event keeps its code. */
type UsageResult =
  | Exclude<UsageResultAnswer, { readonly status: 'rejected' }>
  | (Extract<UsageResultAnswer, { readonly status: 'rejected' }> & { readonly problem: EventProblem })

function toJson(
  { id, source, meter, time }: UsageEvent,
  result: EventResult,
  language: Language,
  catalog: Catalog,
): UsageResult {
  const { status } = result
  switch (status) {
    case 'recorded':
      return { id, source, status, ...recordedToJson(result.entry) }
    case 'duplicate':
      return { id, source, status }
    case 'busy':
      return { id, source, status: 'rejected', problem: busyProblem(language, result.retryAfterSeconds) }
    case 'rejected': {
      const { code } = result
      const meters = code === 'METER_ENDED' ? metersInsteadOf(catalog, meter, time) : undefined
      return { id, source, status, problem: eventProblem(code, language, { meter, meters }) }
    }
  }
}

function busyProblem(language: Language, retryAfterSeconds: number): EventProblem {
  return {
    ...eventProblem('BUSY', language, { isUncertain: true }),
    status: problemStatus.BUSY,
    retryAfterSeconds,
  }
}

function recordedToJson({ usage, isLate, isOverrun }: EntryOf<'usage'>) {
  const marks = { ...(isLate && { late: true }), ...(isOverrun && { overrun: true }) }
  return { charges: chargesToJson(usage.charges), ...marks }
}

export const handler = recordUsage(
  openMeterDeps({ rules: { 'record-usage': rule }, loaders: { 'record-usage': loadRecordUsage } }),
)
