import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'

/** Stores records that failed after all retries, one JSON line each. On AWS they go to a queue. */
export type DeadLetters = (from: string, cause: unknown, content: unknown) => void

const Line = v.object({
  /** Logical id of the mapping, rule or schedule. */
  from: v.string(),
  cause: v.string(),
  content: v.unknown(),
  /** Epoch milliseconds. Absent in lines of earlier versions. */
  at: v.optional(v.number()),
})

export interface KeptLetter extends v.InferOutput<typeof Line> {
  /** A hash of the line. Two equal lines ask for the same work, so they are one letter. */
  readonly id: string
}

/** The file of a data folder with the records that failed after all retries. */
export class DeadLetterFile {
  private readonly path: string
  private readonly now: () => number

  constructor(dataDir: string, now: () => number) {
    this.path = join(dataDir, 'dead-letters.ndjson')
    this.now = now
  }

  /** A function that stores failures, and prints each to the log. */
  keeper(log: (line: string) => void): DeadLetters {
    return (from, cause, content) => {
      log(`${from} failed permanently, stored in ${this.path}: ${cause}`)
      const line = { from, cause: String(cause), content, at: this.now() }
      appendFileSync(this.path, `${JSON.stringify(line)}\n`)
    }
  }

  /** All letters, the oldest first. */
  letters(): readonly KeptLetter[] {
    const letters = this.lines().map((line) => ({ ...v.parse(Line, JSON.parse(line)), id: idOf(line) }))
    return [...new Map(letters.map((letter) => [letter.id, letter])).values()]
  }

  remove(id: string): void {
    const staying = this.lines().filter((line) => idOf(line) !== id)
    const draft = `${this.path}.draft`
    // A kill during the write leaves the old file.
    writeFileSync(draft, staying.map((line) => `${line}\n`).join(''))
    renameSync(draft, this.path)
  }

  private lines(): readonly string[] {
    return existsSync(this.path) ? readFileSync(this.path, 'utf8').split('\n').filter(Boolean) : []
  }
}

const idOf = (line: string): string => createHash('sha256').update(line).digest('hex').slice(0, 32)
