import { closeSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'

/** Reads up to `length` bytes from a position. Fewer are returned only at the end of the file. */
export function readAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length)
  let count = 0
  while (count < length) {
    const more = readSync(file, bytes, count, length - count, position + count)
    if (more === 0) break
    count += more
  }
  return bytes.subarray(0, count)
}

/** Writes all bytes at a position, or throws. */
export function writeAt(file: number, bytes: Uint8Array, position: number): void {
  let count = 0
  while (count < bytes.length) {
    count += writeSync(file, bytes, count, bytes.length - count, position + count)
  }
}

/** Adds bytes to a file of `size` bytes. After an error, such as a full disk, the file is as it was. */
export function writeAtEnd(file: number, bytes: Uint8Array, size: number): void {
  try {
    writeAt(file, bytes, size)
  } catch (cause) {
    ftruncateSync(file, size)
    throw cause
  }
}

/** Opens a file to read and write. Creates it, readable by its owner only, where it is missing. */
export function openFile(path: string): number {
  try {
    return openSync(path, 'r+')
  } catch (cause) {
    if (!isCode(cause, 'ENOENT')) throw cause
    return openSync(path, 'wx+', 0o600)
  }
}

/** Makes the names in a folder survive a power failure. */
export function syncFolder(folder: string): void {
  const file = openSync(folder, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** True for a system error with the code, such as `ENOENT`. */
export function isCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code
}
