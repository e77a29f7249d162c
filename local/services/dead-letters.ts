import { appendFileSync } from 'node:fs'
import { join } from 'node:path'

/** Keeps what could not be handled after all retries, one JSON line each: what goes to a queue on AWS. */
export type DeadLetters = (from: string, cause: unknown, content: unknown) => void

export function openDeadLetters(dataDir: string, log: (line: string) => void): DeadLetters {
  const file = join(dataDir, 'dead-letters.ndjson')
  return (from, cause, content) => {
    log(`${from} failed for good, kept in ${file}: ${cause}`)
    appendFileSync(file, `${JSON.stringify({ from, cause: String(cause), content })}\n`)
  }
}
