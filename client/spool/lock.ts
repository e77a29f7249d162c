import {
  constants,
  copyFileSync,
  linkSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { isCode } from './files.ts'
import { SpoolInUse } from './spool-errors.ts'

interface Owner {
  readonly pid: number
  /** Start of the process, which tells two processes with one pid apart; empty where the system does not state it. */
  readonly start: string
}

/** Folders that this process has open. */
const openFolders = new Set<string>()
const attemptsMax = 10

/**
 * Locks a folder for this process, and returns the function that unlocks it. The lock of a dead process does not count, nor does
 * one with this process's pid and another start: in a container, every process may be pid 1. Throws `SpoolInUse`.
 */
export function lockFolder(folder: string): () => void {
  const path = realpathSync(folder)
  if (openFolders.has(path)) throw new SpoolInUse(folder, process.pid)
  const lock = join(path, 'lock')
  const own = join(path, `lock.${process.pid}`)
  writeFileSync(own, JSON.stringify({ pid: process.pid, start: startOf(process.pid) }), { mode: 0o600 })
  try {
    for (let attempt = 1; !link(own, lock); attempt += 1) {
      const owner = readOwner(lock)
      if (owner !== undefined && isAlive(owner)) throw new SpoolInUse(folder, owner.pid)
      if (attempt === attemptsMax) throw new SpoolInUse(folder, owner?.pid ?? 0)
      moveAway(lock, owner)
    }
  } finally {
    rmSync(own, { force: true })
  }
  openFolders.add(path)
  return () => {
    openFolders.delete(path)
    rmSync(lock, { force: true })
  }
}

/** Gives a complete file its name at once, so that a lock is never seen without its pid. False where the name exists. */
function link(own: string, lock: string): boolean {
  try {
    linkSync(own, lock)
    return true
  } catch (cause) {
    if (isCode(cause, 'EEXIST')) return false
    return copy(own, lock)
  }
}

/** Some file systems have no links. */
function copy(own: string, lock: string): boolean {
  try {
    copyFileSync(own, lock, constants.COPYFILE_EXCL)
    return true
  } catch (cause) {
    if (isCode(cause, 'EEXIST')) return false
    throw cause
  }
}

/** Removes a dead process's lock. A lock that another process took in the meantime is put back. */
function moveAway(lock: string, dead: Owner | undefined): void {
  const aside = `${lock}.dead.${process.pid}`
  try {
    renameSync(lock, aside)
  } catch (cause) {
    if (isCode(cause, 'ENOENT')) return
    throw cause
  }
  const moved = readOwner(aside)
  if (moved !== undefined && moved.pid !== dead?.pid) link(aside, lock)
  rmSync(aside, { force: true })
}

function readOwner(path: string): Owner | undefined {
  try {
    const { pid, start } = JSON.parse(readFileSync(path, 'utf8'))
    return Number.isSafeInteger(pid) && pid > 0 ? { pid, start: String(start) } : undefined
  } catch {
    // A lock that was never complete, after a power failure.
    return undefined
  }
}

function isAlive({ pid, start }: Owner): boolean {
  if (start !== '') return startOf(pid) === start
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return !isCode(cause, 'ESRCH')
  }
}

/** The boot and the clock tick at which a process started, on Linux. Empty elsewhere, and for a process that does not run. */
function startOf(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    // The state is the first field after the name, the start the 20th. A zombie is dead.
    return fields[0] === 'Z' ? '' : `${boot} ${fields[19]}`
  } catch {
    return ''
  }
}
