import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs'

/*
 * A caller's own log of its calls, independent of the client and its spool. It is one file of three counters at fixed offsets:
 * admitted, answered and asked. `asked` is written before the calls of a turn of the event loop are made; the others are
 * written after all of that turn's answers. So the file can only lag behind the client between these two writes, and
 * `asked` = `answered` shows that it does not.
 */

const counterBytes = 8
const askedAt = 2 * counterBytes

export interface CallCounts {
  readonly admitted: number
  /** Calls that were admitted or not. */
  readonly answered: number
  readonly asked: number
}

/** The log of one caller. A restarted caller goes on with the counts of the process before it. */
export class OwnLog {
  readonly #file: number
  readonly #asked = Buffer.alloc(counterBytes)
  readonly #answered = Buffer.alloc(2 * counterBytes)
  admitted: number
  answered: number
  asked: number

  constructor(path: string) {
    this.#file = openSync(path, constants.O_RDWR | constants.O_CREAT)
    const before = readOwnLog(path)
    this.admitted = before.admitted
    this.answered = before.answered
    this.asked = before.asked
  }

  /** Writes that more calls are about to be made. */
  begin(calls: number): void {
    this.asked += calls
    this.#asked.writeDoubleLE(this.asked)
    writeSync(this.#file, this.#asked, 0, counterBytes, askedAt)
  }

  /** Writes the answers so far. */
  end(): void {
    this.#answered.writeDoubleLE(this.admitted)
    this.#answered.writeDoubleLE(this.answered, counterBytes)
    writeSync(this.#file, this.#answered, 0, 2 * counterBytes, 0)
  }

  close(): void {
    this.end()
    closeSync(this.#file)
  }
}

/** Reads the counts of a log, also of a process that is running or was killed. */
export function readOwnLog(path: string): CallCounts {
  const bytes = readFileSync(path)
  const at = (offset: number) => (bytes.length >= offset + counterBytes ? bytes.readDoubleLE(offset) : 0)
  return { admitted: at(0), answered: at(counterBytes), asked: at(askedAt) }
}
