import { instant } from '../sample/usage-event.ts'

/** A line to send: JSON of one object, unchanged or with its time moved. */
export interface ReadyLine {
  readonly number: number
  readonly text: string
  /** Events of one subject (app) stay in order. */
  readonly subject: string
}

/** A line that is not sent or was rejected. `code` is the code of the problem. */
export interface RejectedLine {
  readonly number: number
  readonly code: string
  readonly reason: string
}

/** A longer line cannot be an event and does not fit into a request. */
const lineBytesMax = 262_144

/** Reads one line. `shiftMs` moves its `time`; 0 leaves the line unchanged. */
export function readLine(number: number, text: string, shiftMs: number): ReadyLine | RejectedLine {
  if (Buffer.byteLength(text) > lineBytesMax) return malformed(number, `longer than ${lineBytesMax} bytes`)
  const value = parsed(text)
  if (value === undefined) return malformed(number, 'not JSON')
  if (!isRow(value)) return malformed(number, 'not a JSON object')
  const subject = typeof value.subject === 'string' ? value.subject : ''
  return { number, text: shiftMs === 0 ? text : moved(value, text, shiftMs), subject }
}

/**
 * Reads the present of a sample (epoch milliseconds) from its first line. All times of a sample can move
 * together, so that this instant becomes the actual present. Other files have no such instant.
 */
export function sampleAnchor(firstLine: string): number | undefined {
  const value = parsed(firstLine)
  const anchor =
    isRow(value) && typeof value.sampleanchor === 'string' ? Date.parse(value.sampleanchor) : Number.NaN
  return Number.isNaN(anchor) ? undefined : anchor
}

/** Only the time changes. A moved event is still the same event, because `source` and `id` identify it. */
function moved(event: Record<string, unknown>, text: string, shiftMs: number): string {
  const { sampleanchor: _, ...rest } = event
  const at = typeof event.time === 'string' ? Date.parse(event.time) : Number.NaN
  if (Number.isNaN(at)) return text
  return JSON.stringify({ ...rest, time: instant(at + shiftMs) })
}

function malformed(number: number, reason: string): RejectedLine {
  return { number, code: 'MALFORMED_LINE', reason }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRow(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
