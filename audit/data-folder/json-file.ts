import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

/** Returns the parsed file, or undefined when there is none. Throws when it is not JSON. */
export function readJson(path: string): unknown {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}

/**
 * Replaces the whole file, so a kill during the write leaves the old content. Only the file's owner may read
 * it.
 */
export function writeJson(path: string, value: unknown): void {
  const draft = `${path}.draft`
  writeFileSync(draft, JSON.stringify(value), { mode: 0o600 })
  renameSync(draft, path)
}
