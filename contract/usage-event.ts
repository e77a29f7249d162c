import * as v from 'valibot'
import type { UsageEvent } from '../core/commands/record-usage.ts'
import { eventText } from '../core/texts/event-texts.ts'
import type { EventRejectionCode, Language, MeterProblemCode, TextFacts } from '../core/texts/texts-model.ts'
import { type FieldError, type FieldFault, faultErrors, fieldErrors, pointerSegment } from './field-errors.ts'
import { id, instant, quantityMax, say, whole } from './fields.ts'
import { mediaTypeOf } from './media-type.ts'

/** The source of a CloudEvent: a URI reference. */
export const eventSource = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9._~:/?#[\]@!$&'()*+,;=%-]{1,256}$/, say('source')),
)

/** A media type is read by its grammar, with any case and parameters. Null means that the attribute is unset. */
const jsonType = v.nullish(
  v.pipe(
    v.string(),
    v.check((text) => mediaTypeOf(text) === 'application/json', say('jsonType')),
    v.description('application/json, with or without parameters'),
  ),
)

/** The attributes that are read. `id` has no `#`, so that source and id together are unambiguous in a key. */
const attributes = {
  specversion: v.literal('1.0'),
  type: v.literal('aps.usage.v1'),
  source: eventSource,
  id: v.pipe(v.string(), v.regex(/^[!"$-~]{1,128}$/, say('eventId'))),
  subject: id,
  time: instant,
  datacontenttype: jsonType,
  data: v.pipe(v.strictObject({ meter: id, quantity: whole(1, quantityMax) }), v.title('UsageData')),
}

export const usageEvent = v.pipe(v.object(attributes), v.title('UsageEvent'))

/** The most events of one batch. */
export const eventsMax = 1_000

/** A batch as the OpenAPI document shows it. */
export const usageEvents = v.pipe(v.array(usageEvent), v.minLength(1), v.maxLength(eventsMax))

export interface EventProblem {
  readonly code: MeterProblemCode | EventRejectionCode
  readonly title: string
  readonly detail: string
  readonly resolve?: string
  readonly errors?: FieldError[]
  /** The meters to use instead, of `METER_ENDED`. */
  readonly meters?: string[]
  /** The status of a single request with this problem, and when to send the event again; only of `BUSY`. */
  readonly status?: number
  readonly retryAfterSeconds?: number
}

type Sent = Readonly<Record<string, unknown>>

/**
 * Reads one CloudEvent, or returns its wrong fields (`BAD_EVENT`). Other extension attributes are allowed and
 * ignored.
 */
export function parseUsageEvent(
  sent: unknown,
  language: Language = 'en',
): { readonly event: UsageEvent } | { readonly problem: EventProblem } {
  if (!isObject(sent)) {
    const errors = faultErrors([{ pointer: '', message: 'object' }], language)
    return { problem: eventProblem('BAD_EVENT', language, {}, errors) }
  }
  const parsed = v.safeParse(usageEvent, sent, { abortPipeEarly: true })
  const errors = [
    ...(parsed.success ? [] : fieldErrors(parsed.issues, '', language)),
    ...extensionErrors(sent, language),
  ]
  if (!parsed.success || errors.length > 0)
    return { problem: eventProblem('BAD_EVENT', language, {}, errors) }
  const { source, id: eventId, subject, time, data } = parsed.output
  return { event: { source, id: eventId, appId: subject, time, ...data } }
}

/** The reason why an event was rejected, as its row of the answer has it. */
export function eventProblem(
  code: MeterProblemCode | EventRejectionCode,
  language: Language,
  facts: TextFacts = {},
  errors: FieldError[] = [],
): EventProblem {
  const { meters } = facts
  return {
    code,
    ...eventText(code, language, facts),
    ...(errors.length > 0 && { errors }),
    ...(meters !== undefined && { meters: [...meters] }),
  }
}

/** The source and id that identify a rejected event: cut to a bounded length, or null where it has none. */
export function eventIdentity(sent: unknown): { readonly source: string | null; readonly id: string | null } {
  const short = (text: unknown) => (typeof text === 'string' ? text.slice(0, 256).toWellFormed() : null)
  return isObject(sent) ? { source: short(sent.source), id: short(sent.id) } : { source: null, id: null }
}

function isObject(value: unknown): value is Sent {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function extensionErrors(sent: Sent, language: Language): FieldError[] {
  const extensions = Object.entries(sent).filter(([key]) => !Object.hasOwn(attributes, key))
  return faultErrors(extensions.flatMap(extensionFaults), language)
}

function extensionFaults([key, value]: [string, unknown]): FieldFault[] {
  const pointer = `/${pointerSegment(key)}`
  if (!/^[a-z0-9]{1,20}$/.test(key)) return [{ pointer, message: 'extensionName' }]
  return typeof value === 'object' && value !== null ? [{ pointer, message: 'scalar' }] : []
}
