import type { DomainEvent } from '../../core/events/domain-event.ts'

/** The services that functions call in addition to the table: what they have received, and the failure that they cause. */
export interface Outside {
  /** Events that got on the bus. */
  readonly events: DomainEvent[]
  /** All other messages received: webhook messages, mails, archived lines, executions that were started; each with its kind. */
  readonly heard: Set<string>
  /** Number of calls. */
  reached: number
  /** The call at which it fails, counted from 1. */
  trouble?: Trouble
}

export interface Trouble {
  readonly at: number
  /** The call is received and its answer is lost; otherwise nothing, or half of the call, is received. */
  readonly isAfter: boolean
}

export const newOutside = (): Outside => ({ events: [], heard: new Set(), reached: 0 })

/** A service other than the table did not answer. The function fails with it, and AWS calls the function again. */
export class OutsideFailed extends Error {
  override readonly name = 'OutsideFailed'
}

/** Sends messages to the outside, which receives all, half or none. Throws `OutsideFailed` where it fails. */
export function tell<T>(outside: Outside, all: readonly T[], hear: (message: T) => void): void {
  outside.reached += 1
  const { trouble } = outside
  const isTrouble = trouble !== undefined && trouble.at === outside.reached
  const heard = isTrouble && !trouble.isAfter ? all.slice(0, Math.floor(all.length / 2)) : all
  for (const message of heard) hear(message)
  if (isTrouble) throw new OutsideFailed('no answer')
}

/** Sends one message. Returns `false` where it fails, for callers that do not expect an error. */
export function reaches(outside: Outside, what: string): boolean {
  try {
    tell(outside, [what], (message) => outside.heard.add(message))
    return true
  } catch {
    return false
  }
}
