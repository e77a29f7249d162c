import { closeSync, openSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import type { Position } from './cursor.ts'
import { readAt } from './files.ts'

const newline = 10
const chunkBytes = 262_144

/** One file of events. */
export interface Segment {
  readonly number: number
  /** Size of the file. */
  bytes: number
}

/** A line, and the position after it. */
export interface Line {
  readonly text: string
  readonly next: Position
}

/** Path of a segment. Its name sorts by its number. */
export function segmentPath(folder: string, number: number): string {
  return join(folder, `events-${String(number).padStart(12, '0')}.jsonl`)
}

/** The segments of a folder from `first` on, in order. Earlier ones were removed in full, and are deleted. */
export function findSegments(folder: string, first: number): Segment[] {
  const numbers = readdirSync(folder).flatMap((name) => {
    const [, digits] = /^events-(\d{12})\.jsonl$/.exec(name) ?? []
    return digits === undefined ? [] : [Number(digits)]
  })
  for (const number of numbers) if (number < first) rmSync(segmentPath(folder, number))
  return numbers
    .filter((number) => number >= first)
    .toSorted((a, b) => a - b)
    .map((number) => ({ number, bytes: statSync(segmentPath(folder, number)).size }))
}

/** Cuts a last line that a killed process wrote in part. Its event was never accepted. */
export function cutTornLine(folder: string, segment: Segment): void {
  const path = segmentPath(folder, segment.number)
  const whole = withFile(path, (file) => {
    let end = segment.bytes
    while (end > 0) {
      const start = Math.max(0, end - chunkBytes)
      const last = readAt(file, start, end - start).lastIndexOf(newline)
      if (last >= 0) return start + last + 1
      end = start
    }
    return 0
  })
  if (whole < segment.bytes) truncateSync(path, whole)
  segment.bytes = whole
}

/** Number of lines of a segment from an offset on. */
export function countLines(folder: string, { number, bytes }: Segment, offset: number): number {
  return withFile(segmentPath(folder, number), (file) => {
    let count = 0
    for (let at = offset; at < bytes; at += chunkBytes) {
      const chunk = readAt(file, at, Math.min(chunkBytes, bytes - at))
      for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, end + 1)) count += 1
    }
    return count
  })
}

/** The lines of a segment from an offset on, at most `max`. */
export function readLines(
  folder: string,
  { number, bytes }: Segment,
  { offset, max }: { readonly offset: number; readonly max: number },
): readonly Line[] {
  return withFile(segmentPath(folder, number), (file) => {
    const lines: Line[] = []
    let at = offset
    let length = chunkBytes
    while (lines.length < max && at < bytes) {
      const chunk = readAt(file, at, Math.min(length, bytes - at))
      let start = 0
      for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
        const next = { segment: number, offset: at + end + 1 }
        lines.push({ text: chunk.toString('utf8', start, end), next })
        start = end + 1
        if (lines.length === max) break
      }
      if (start === 0 && at + chunk.length >= bytes) break
      // A line that is longer than the chunk needs a larger one.
      length = start === 0 ? length * 2 : chunkBytes
      at += start
    }
    return lines
  })
}

function withFile<Result>(path: string, read: (file: number) => Result): Result {
  const file = openSync(path, 'r')
  try {
    return read(file)
  } finally {
    closeSync(file)
  }
}
