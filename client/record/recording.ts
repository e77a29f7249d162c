import type { Environment, Received, Sent } from '../environment.ts'
import type { ClientProblem, UsageInput } from '../model.ts'
import type { EventLog } from '../spool-model.ts'
import type { ServerClock } from '../transport/server-clock.ts'
import { createLaterUses } from './later-uses.ts'
import { Recorder } from './recorder.ts'

/** The recorder of a client. */
export interface Recording {
  readonly record: (usage: UsageInput) => Promise<void>
  /** Adds use that was admitted in an outage; it is recorded about once a second. */
  readonly addLater: (use: UsageInput) => void
  readonly flush: () => Promise<unknown>
  readonly close: () => Promise<unknown>
}

/** The time between two events about the use of an outage. */
const laterMs = 1_000

export interface RecordingOptions {
  readonly environment: Environment
  readonly clock: ServerClock
  readonly log?: EventLog
  readonly onProblem: (problem: ClientProblem) => void
}

export function openRecording({ environment, clock, log, onProblem }: RecordingOptions): Recording {
  const recorder = new Recorder({ environment, send, serverNow: clock.known, log, onProblem })
  const later = createLaterUses((usage) => recorder.record(usage), onProblem)
  let isScheduled = false
  async function send(sent: Sent): Promise<Received> {
    const sentAt = environment.elapsed()
    const received = await environment.send(sent)
    clock.read(received, sentAt)
    return received
  }

  return {
    record: (usage) => recorder.record(usage),
    addLater(use) {
      later.add(use)
      if (isScheduled) return
      isScheduled = true
      environment.after(laterMs, () => {
        isScheduled = false
        later.flush()
      })
    },
    flush() {
      later.flush()
      return recorder.flush()
    },
    close() {
      later.flush()
      return recorder.close()
    },
  }
}
