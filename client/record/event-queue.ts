import type { EventLog } from '../spool-model.ts'
import { type EventProblem, RecorderClosed, RecorderFull, UsageRejected } from './record-errors.ts'
import { fromLine, type StoredEvent, toLine } from './stored-event.ts'

export interface Queued {
  readonly event: StoredEvent
  /** Resolves or rejects the caller's promise, where it waits for the answer. */
  readonly settle: (problem?: EventProblem) => void
}

/** Events that wait for Tollgate's answer, the oldest first. */
export interface EventQueue {
  readonly size: number
  /** Resolves when the event is accepted: stored on disk, or answered where there is no spool. */
  add(event: StoredEvent): Promise<void>
  /** Begins a batch with the oldest events, at most `max`. */
  read(max: number): readonly Queued[]
  /** Ends the batch: removes its events, and adds those of `again` at the end. */
  finish(again: readonly Queued[]): void
  /** Stores events that Tollgate rejected, where there is a spool. */
  setAside(rejected: readonly Rejected[]): void
  close(): void
}

export interface Rejected {
  readonly event: StoredEvent
  readonly problem: EventProblem
}

/** A queue in memory of at most `max` events. */
export function memoryQueue(max: number, onAdded: () => void): EventQueue {
  const queue: (Queued & { readonly drop: () => void })[] = []
  let batchSize = 0
  return {
    get size() {
      return queue.length
    },
    add: (event) => {
      if (queue.length >= max)
        return Promise.reject(new RecorderFull(`${max} usage events wait for an answer`))
      return new Promise((resolve, reject) => {
        const settle = (problem?: EventProblem) =>
          problem === undefined ? resolve() : reject(new UsageRejected(event, problem))
        const drop = () => reject(new RecorderClosed('closed before the event was answered'))
        queue.push({ event, settle, drop })
        onAdded()
      })
    },
    read: (most) => {
      batchSize = Math.min(most, queue.length)
      return queue.slice(0, batchSize)
    },
    finish: (again) => {
      const repeated = new Set(again)
      queue.push(...queue.splice(0, batchSize).filter((item) => repeated.has(item)))
      batchSize = 0
    },
    setAside: () => {},
    close: () => {
      for (const { drop } of queue.splice(0)) drop()
    },
  }
}

/**
 * A queue in a spool. The calls of one turn of the event loop are stored with one write. Damaged lines are set aside with the
 * rejected events.
 */
export function logQueue(log: EventLog, onAdded: () => void): EventQueue {
  let waiting: string[] = []
  let stored: Promise<void> | undefined
  let batchSize = 0
  let damaged: readonly string[] = []
  const store = () => {
    const lines = waiting
    waiting = []
    stored = undefined
    log.append(lines)
    onAdded()
  }
  return {
    get size() {
      return log.size
    },
    add: (event) => {
      waiting.push(toLine(event))
      stored ??= Promise.resolve().then(store)
      return stored
    },
    read: (max) => {
      const lines = log.read(max)
      const found = lines.map((line) => ({ line, event: fromLine(line) }))
      batchSize = lines.length
      damaged = found.flatMap(({ line, event }) => (event === undefined ? [line] : []))
      return found.flatMap(({ event }) => (event === undefined ? [] : [{ event, settle: () => {} }]))
    },
    finish: (again) => {
      if (damaged.length > 0) log.setAside(damaged.map((line) => JSON.stringify({ damaged: line })))
      // A crash between the two writes sends events twice, which is harmless; the other order would lose them.
      if (again.length > 0) log.append(again.map(({ event }) => toLine(event)))
      log.remove(batchSize)
    },
    setAside: (rejected) => {
      if (rejected.length > 0) log.setAside(rejected.map((row) => JSON.stringify(row)))
    },
    close: () => {},
  }
}
