import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'

const pollMilliseconds = 100

export interface Lock {
  release(): void
}

/**
 * Takes the lock on `file`, or returns undefined when another process holds it. The operating system releases
 * the lock when its holder dies, so a lock is never stale.
 */
export function tryLock(file: string): Lock | undefined {
  mkdirSync(dirname(file), { recursive: true })
  const database = new DatabaseSync(file, { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    database.close()
    if (isBusy(cause)) return undefined
    throw cause
  }
  return { release: () => database.close() }
}

/**
 * Waits for the lock, at most `waitMilliseconds`. Throws when another process still holds it after that time.
 */
export async function waitForLock(file: string, waitMilliseconds: number): Promise<Lock> {
  for (let waited = 0; waited <= waitMilliseconds; waited += pollMilliseconds) {
    const lock = tryLock(file)
    if (lock !== undefined) return lock
    await sleep(pollMilliseconds)
  }
  throw new Error(`${file} is still locked by another process after ${waitMilliseconds} ms`)
}

function isBusy(cause: unknown): boolean {
  return cause instanceof Error && /database is locked/.test(cause.message)
}
