import { closeSync } from 'node:fs'
import { checksumOf } from './checksum.ts'
import { openFile, readAt, writeAt } from './files.ts'

/** Position of the oldest event that was not removed. */
export interface Position {
  readonly segment: number
  readonly offset: number
}

export interface Cursor {
  /** The stored position; undefined where there is none, or a damaged one. Then events are read from the first. */
  readonly stored: Position | undefined
  move(to: Position): void
  release(): void
}

const numbersBytes = 16

/** Opens the file with the position. It is 20 bytes, written at once. */
export function openCursor(path: string): Cursor {
  const file = openFile(path)
  const bytes = readAt(file, 0, numbersBytes + 4)
  return {
    stored: positionIn(bytes),
    move: ({ segment, offset }) => {
      const next = Buffer.alloc(numbersBytes + 4)
      next.writeDoubleLE(segment)
      next.writeDoubleLE(offset, 8)
      next.writeUInt32LE(checksumOf(next.subarray(0, numbersBytes)), numbersBytes)
      writeAt(file, next, 0)
    },
    release: () => closeSync(file),
  }
}

function positionIn(bytes: Buffer): Position | undefined {
  if (bytes.length < numbersBytes + 4) return undefined
  const isWhole = bytes.readUInt32LE(numbersBytes) === checksumOf(bytes.subarray(0, numbersBytes))
  return isWhole ? { segment: bytes.readDoubleLE(), offset: bytes.readDoubleLE(8) } : undefined
}
