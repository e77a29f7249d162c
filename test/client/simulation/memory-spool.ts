import type { EventLog, LeaseLog, LeftLease, Spool } from '../../../client/spool-model.ts'

/** The disk of one machine. What a process has written stays when the process dies. */
export class Disk {
  readonly leases = new Map<number, LeftLease>()
  readonly events: string[] = []
  private places = 0

  /**
   * A spool of a new process. `isAlive` is false once it has died: then nothing more is written. `atWrite` runs before and after
   * each write to the log of leases, and may kill the process.
   */
  openSpool(isAlive: () => boolean, atWrite: () => void): Spool {
    return { leases: this.leaseLog(isAlive, atWrite), events: this.eventLog(isAlive), close: () => {} }
  }

  private leaseLog(isAlive: () => boolean, atWrite: () => void): LeaseLog {
    const { leases } = this
    return {
      leftovers: [...leases.values()],
      open: (authorizationId) => {
        this.places += 1
        const place = this.places
        atWrite()
        if (isAlive()) leases.set(place, { place, authorizationId, used: 0 })
        atWrite()
        return place
      },
      write: (place, used) => {
        atWrite()
        const lease = leases.get(place)
        if (lease !== undefined && isAlive()) leases.set(place, { ...lease, used })
        atWrite()
      },
      close: (place) => {
        atWrite()
        if (isAlive()) leases.delete(place)
      },
    }
  }

  private eventLog(isAlive: () => boolean): EventLog {
    const { events } = this
    return {
      get size() {
        return events.length
      },
      append: (lines) => {
        if (isAlive()) events.push(...lines)
      },
      read: (max) => events.slice(0, max),
      remove: (count) => {
        if (isAlive()) events.splice(0, count)
      },
      setAside: (lines) => {
        throw new Error(`an event cannot be recorded: ${lines.join()}`)
      },
    }
  }
}
