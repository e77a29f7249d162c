import { closeSync, fstatSync, fsyncSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { openFile, readAt, writeAtEnd } from './files.ts'

const newline = 10

export interface RejectedFile {
  add(lines: readonly string[]): void
  release(): void
}

/**
 * Opens the file of events that cannot be recorded, for people to read. At `bytesMax` bytes it becomes `rejected-before.jsonl`, in
 * place of an earlier one, so at least that much is there.
 */
export function openRejectedFile(folder: string, bytesMax: number): RejectedFile {
  const path = join(folder, 'rejected.jsonl')
  let file = openFile(path)
  return {
    add: (lines) => {
      if (fstatSync(file).size >= bytesMax) {
        closeSync(file)
        renameSync(path, join(folder, 'rejected-before.jsonl'))
        file = openFile(path)
      }
      const { size } = fstatSync(file)
      // A line that a killed process wrote in part is ended first.
      const isTorn = size > 0 && readAt(file, size - 1, 1)[0] !== newline
      const text = lines.map((line) => `${line}\n`).join('')
      writeAtEnd(file, Buffer.from(isTorn ? `\n${text}` : text), size)
      fsyncSync(file)
    },
    release: () => closeSync(file),
  }
}
