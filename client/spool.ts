import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openEventLog } from './spool/event-log.ts'
import { syncFolder } from './spool/files.ts'
import { guardLeases } from './spool/guard-leases.ts'
import { openLeaseFile } from './spool/lease-file.ts'
import { lockFolder } from './spool/lock.ts'
import type { Spool } from './spool-model.ts'

export { SpoolFull, SpoolInUse, SpoolUnreadable } from './spool/spool-errors.ts'
export type { EventLog, LeaseLog, LeftLease, Spool } from './spool-model.ts'

export interface SpoolOptions {
  /** The most bytes of usage events that wait; 64 MB without it, about 300,000 events. */
  readonly bytesMax?: number
  /**
   * Makes each event survive a power failure, too, with an fsync before it is accepted (a millisecond or more). Without it, an
   * event survives any end of the process.
   */
  readonly sync?: boolean
  /** Called for damage that was found and set aside, and for writes that failed; a warning of the process without it. */
  readonly onProblem?: (problem: string) => void
}

/**
 * Opens a folder in which the client stores its use, so that it can be reported after the process has died. The folder is
 * created where it is missing. Each process needs its own folder, on a local disk that outlives it. Throws `SpoolInUse` where a
 * living process has the folder open.
 */
export function openSpool(folder: string, options: SpoolOptions = {}): Spool {
  const { bytesMax = 67_108_864, sync = false, onProblem = warn } = options
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(folder)
  try {
    const leases = openLeaseFile(join(folder, 'leases'), onProblem)
    const events = openEventLog({ folder, bytesMax, sync })
    if (sync) syncFolder(folder)
    let isOpen = true
    const close = () => {
      if (!isOpen) return
      isOpen = false
      events.release()
      leases.release()
      unlock()
    }
    return { leases: guardLeases(leases, onProblem), events, close }
  } catch (cause) {
    unlock()
    throw cause
  }
}

function warn(problem: string): void {
  process.emitWarning(problem, 'SpoolWarning')
}
