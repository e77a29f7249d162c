import { closeSync, fdatasyncSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { EventLog } from '../spool-model.ts'
import { type Cursor, openCursor, type Position } from './cursor.ts'
import { openFile, syncFolder, writeAtEnd } from './files.ts'
import { openRejectedFile, type RejectedFile } from './rejected-file.ts'
import {
  countLines,
  cutTornLine,
  findSegments,
  type Line,
  readLines,
  type Segment,
  segmentPath,
} from './segments.ts'
import { SpoolFull } from './spool-errors.ts'

export interface EventLogOptions {
  readonly folder: string
  /** The most bytes of events. */
  readonly bytesMax: number
  /** Events also survive a power failure. */
  readonly sync: boolean
  /** A segment of this size gets no more events. */
  readonly segmentBytes?: number
  /** Size of a file of rejected events. There are at most two. */
  readonly rejectedBytes?: number
}

/** Opens the events of a folder. Call `release` to close its files. */
export function openEventLog(options: EventLogOptions): FileEventLog {
  return new FileEventLog(options)
}

/**
 * Events as lines of JSON in segment files. The last segment grows; the first one is deleted when its last event is removed.
 * A crash while events are removed leaves them there or not.
 */
class FileEventLog implements EventLog {
  readonly #options: Required<EventLogOptions>
  readonly #cursor: Cursor
  readonly #rejected: RejectedFile
  #segments: Segment[]
  #start: Position
  #size: number
  #file: number

  constructor(options: EventLogOptions) {
    this.#options = { segmentBytes: 1_048_576, rejectedBytes: 8_388_608, ...options }
    const { folder, rejectedBytes } = this.#options
    this.#cursor = openCursor(join(folder, 'cursor'))
    const { stored } = this.#cursor
    this.#segments = findSegments(folder, stored?.segment ?? 0)
    const [first] = this.#segments
    const last = this.#segments.at(-1)
    const begin = stored ?? { segment: 1, offset: 0 }
    this.#start =
      first === undefined || first.number === begin.segment ? begin : { segment: first.number, offset: 0 }
    if (last === undefined) this.#segments = [{ number: this.#start.segment, bytes: 0 }]
    else cutTornLine(folder, last)
    this.#file = openFile(segmentPath(folder, this.#last.number))
    const offset = Math.min(this.#start.offset, this.#segments[0]?.bytes ?? 0)
    this.#start = { ...this.#start, offset }
    // Events that are added after lost ones must not be behind the cursor.
    if (stored?.segment !== this.#start.segment || stored.offset !== offset) this.#cursor.move(this.#start)
    this.#size = this.#segments.reduce(
      (sum, segment) => sum + countLines(folder, segment, this.#offsetIn(segment)),
      0,
    )
    this.#rejected = openRejectedFile(folder, rejectedBytes)
  }

  get size(): number {
    return this.#size
  }

  append(lines: readonly string[]): void {
    if (lines.some((line) => line.includes('\n'))) throw new TypeError('an event is one line')
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''))
    const { bytesMax, segmentBytes, sync } = this.#options
    if (this.#bytes + bytes.length > bytesMax)
      throw new SpoolFull(`the spool has ${bytesMax} bytes of usage events`)
    if (this.#last.bytes >= segmentBytes) this.#beginSegment()
    const last = this.#last
    writeAtEnd(this.#file, bytes, last.bytes)
    if (sync) fdatasyncSync(this.#file)
    last.bytes += bytes.length
    this.#size += lines.length
  }

  read(max: number): readonly string[] {
    return this.#oldest(max).map(({ text }) => text)
  }

  remove(count: number): void {
    const lines = this.#oldest(count)
    const end = lines.at(-1)?.next
    if (end === undefined) return
    const isWhole = this.#segments.some(({ number, bytes }) => number === end.segment && bytes === end.offset)
    const hasNext = end.segment < this.#last.number
    this.#start = isWhole && hasNext ? { segment: this.#after(end.segment), offset: 0 } : end
    this.#cursor.move(this.#start)
    this.#size -= lines.length
    const first = this.#start.segment
    for (const { number } of this.#segments) {
      if (number < first) rmSync(segmentPath(this.#options.folder, number), { force: true })
    }
    this.#segments = this.#segments.filter(({ number }) => number >= first)
  }

  setAside(lines: readonly string[]): void {
    this.#rejected.add(lines)
  }

  /** Closes the files. */
  release(): void {
    closeSync(this.#file)
    this.#cursor.release()
    this.#rejected.release()
  }

  get #last(): Segment {
    const last = this.#segments.at(-1)
    if (last === undefined) throw new Error('the log has no segment')
    return last
  }

  /** Bytes of events that are not removed. */
  get #bytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.bytes - this.#offsetIn(segment), 0)
  }

  #offsetIn({ number }: Segment): number {
    return number === this.#start.segment ? this.#start.offset : 0
  }

  #after(segment: number): number {
    return this.#segments.find(({ number }) => number > segment)?.number ?? segment
  }

  #beginSegment(): void {
    const { folder, sync } = this.#options
    const number = this.#last.number + 1
    const file = openFile(segmentPath(folder, number))
    if (sync) syncFolder(folder)
    closeSync(this.#file)
    this.#file = file
    this.#segments.push({ number, bytes: 0 })
  }

  #oldest(max: number): readonly Line[] {
    const lines: Line[] = []
    for (const segment of this.#segments) {
      if (lines.length >= max) break
      const offset = this.#offsetIn(segment)
      lines.push(...readLines(this.#options.folder, segment, { offset, max: max - lines.length }))
    }
    return lines
  }
}
