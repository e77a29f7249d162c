import type { DomainEvent } from '../../core/events/domain-event.ts'

/** What functions say to the world beside the table, and what it does to them. */
export interface Outside {
  /** Events that got on the bus. */
  readonly events: DomainEvent[]
  /** All else that was heard: webhook messages, mails, archived lines, executions that were started; each with its kind. */
  readonly heard: Set<string>
  /** How often it was spoken to. */
  reached: number
  /** The call at which it fails, counted from 1. */
  trouble?: Trouble
}

export interface Trouble {
  readonly at: number
  /** It has heard, and its answer is lost; else it hears nothing, or half of what it was told. */
  readonly isAfter: boolean
}

export const newOutside = (): Outside => ({ events: [], heard: new Set(), reached: 0 })

/** A service beside the table that did not answer. A function fails with it, and AWS calls it again. */
export class OutsideFailed extends Error {
  override readonly name = 'OutsideFailed'
}

/** Tells the world outside of some things, of which it hears all, half or none. Throws `OutsideFailed` where it fails. */
export function tell<T>(outside: Outside, all: readonly T[], hear: (one: T) => void): void {
  outside.reached += 1
  const { trouble } = outside
  const isTrouble = trouble !== undefined && trouble.at === outside.reached
  const heard = isTrouble && !trouble.isAfter ? all.slice(0, Math.floor(all.length / 2)) : all
  for (const one of heard) hear(one)
  if (isTrouble) throw new OutsideFailed('no answer')
}

/** The same of one thing, for those who hear of a failure by what is answered. */
export function reaches(outside: Outside, what: string): boolean {
  try {
    tell(outside, [what], (one) => outside.heard.add(one))
    return true
  } catch {
    return false
  }
}
