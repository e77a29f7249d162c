import * as v from 'valibot'
import { isCorrelationId } from '../runtime/invocation.ts'

const named = v.object({ detail: v.object({ correlationId: v.custom<string>(isCorrelationId) }) })

/** The caller's name for the work that caused an event on the bus; undefined if the event has no valid name. */
export function correlationIdOf(event: unknown): string | undefined {
  const parsed = v.safeParse(named, event)
  return parsed.success ? parsed.output.detail.correlationId : undefined
}
