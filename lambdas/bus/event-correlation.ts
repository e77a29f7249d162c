import * as v from 'valibot'
import { isCorrelationId } from '../runtime/invocation.ts'

const named = v.object({ detail: v.object({ correlationId: v.custom<string>(isCorrelationId) }) })

/** The name that an event on the bus carries of the work that caused it; undefined where it carries none that is good. */
export function correlationIdOf(event: unknown): string | undefined {
  const parsed = v.safeParse(named, event)
  return parsed.success ? parsed.output.detail.correlationId : undefined
}
