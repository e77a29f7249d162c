import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

/** The parsed file, or undefined when there is none. Throws when it is not JSON. */
export function readJson(path: string): unknown {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}

/** Replaces the file as a whole: a kill in between leaves the old one. Only its owner may read it. */
export function writeJson(path: string, value: unknown): void {
  const draft = `${path}.draft`
  writeFileSync(draft, JSON.stringify(value), { mode: 0o600 })
  renameSync(draft, path)
}
