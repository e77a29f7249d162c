import { appendFileSync } from 'node:fs'
import { join } from 'node:path'

/** Stores records that failed after all retries, one JSON line each. On AWS they go to a queue. */
export type DeadLetters = (from: string, cause: unknown, content: unknown) => void

export function openDeadLetters(dataDir: string, log: (line: string) => void): DeadLetters {
  const file = join(dataDir, 'dead-letters.ndjson')
  return (from, cause, content) => {
    log(`${from} failed permanently, stored in ${file}: ${cause}`)
    appendFileSync(file, `${JSON.stringify({ from, cause: String(cause), content })}\n`)
  }
}
