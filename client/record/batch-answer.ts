import type { EventProblem } from './record-errors.ts'
import { isRecord } from './stored-event.ts'

/** The result of one event of a batch; `problem` only where it was rejected. */
export interface EventResult {
  readonly status: 'recorded' | 'duplicate' | 'rejected'
  readonly problem?: EventProblem
}

/** Reads the results of a batch. Returns undefined unless there is one for each event. */
export function readResults(body: string, count: number): readonly EventResult[] | undefined {
  const parsed = parse(body)
  if (!isRecord(parsed) || !Array.isArray(parsed.results) || parsed.results.length !== count) return undefined
  const results = parsed.results.flatMap((row: unknown) => resultOf(row) ?? [])
  return results.length === count ? results : undefined
}

/** Reads a problem of the API. Returns undefined for any other text, such as that of a proxy. */
export function readProblem(body: string): EventProblem | undefined {
  const parsed = parse(body)
  return isProblem(parsed) && parsed.code !== undefined ? parsed : undefined
}

function resultOf(row: unknown): EventResult | undefined {
  if (!isRecord(row)) return undefined
  const { status, problem } = row
  if (status === 'recorded' || status === 'duplicate') return { status }
  return status === 'rejected' && isProblem(problem) ? { status, problem } : undefined
}

function isProblem(value: unknown): value is EventProblem {
  if (!isRecord(value)) return false
  const { code, title, status, retryAfterSeconds } = value
  const areNumbers = [status, retryAfterSeconds].every(
    (each) => each === undefined || typeof each === 'number',
  )
  return (code === undefined || typeof code === 'string') && typeof title === 'string' && areNumbers
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
