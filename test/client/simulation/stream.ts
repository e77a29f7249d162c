/** An authorization that the server granted to a process. */
export interface Lease {
  readonly authorizationId: string
  readonly quantity: number
  readonly grantedAt: number
  readonly expiresAt: number
  /** The life of the process that asked for it. */
  readonly life: number
  /** Base units that captures have reported. */
  used: number
  /** The instant at which it was closed; absent while it is open, and where nothing closed it. */
  closedAt?: number
}

interface Admission {
  readonly at: number
  readonly quantity: number
}

interface Use {
  /** The machine. */
  readonly slot: number
  readonly appId: string
  readonly meter: string
  readonly teamId: string
}

/**
 * The calls of one machine for one app and meter, and the leases that the server granted for them. It knows what callers were
 * answered and what the server booked, and nothing of the client between them.
 */
export class Stream {
  readonly slot: number
  readonly appId: string
  readonly meter: string
  readonly teamId: string
  readonly leases: Lease[] = []
  /** Base units that were allowed out of leases, and those that are recorded later. */
  admitted = 0
  toRecord = 0
  /** Base units that captures have reported. */
  captured = 0
  /** Base units of calls that were given back, and of calls that were under way when their process was killed. */
  givenBack = 0
  underWay = 0
  /** True once use has lost its hold for a reason that the client cannot help. */
  isInDebt = false
  /** The lives that were killed without a spool: their unreported use is lost. */
  readonly lostLives = new Set<number>()
  private readonly admissions: Admission[] = []
  private open: Lease[] = []

  constructor({ slot, appId, meter, teamId }: Use) {
    this.slot = slot
    this.appId = appId
    this.meter = meter
    this.teamId = teamId
  }

  admit(quantity: number, at: number): void {
    this.admitted += quantity
    this.admissions.push({ at, quantity })
  }

  grant(lease: Lease): void {
    this.leases.push(lease)
    this.open.push(lease)
  }

  /** Base units of admitted calls that no capture has reported. Less than zero where calls were given back after their report. */
  get unreported(): number {
    return this.admitted - this.givenBack - this.captured
  }

  /** Base units that open leases still hold at an instant. Time never goes back. */
  heldAt(now: number): number {
    if (this.open.some((lease) => !isOpen(lease, now)))
      this.open = this.open.filter((lease) => isOpen(lease, now))
    let held = 0
    for (const { quantity, used } of this.open) held += quantity - used
    return held
  }

  /**
   * Base units of calls that cannot be matched to a lease that was open when they were admitted and that has paid for them. The
   * lease that ends first serves first, which finds a match wherever there is one.
   */
  unmatched(): number {
    const inOrder = this.leases
      .toSorted((a, b) => endOf(a) - endOf(b))
      .map((lease) => ({ from: lease.grantedAt, to: endOf(lease), room: this.roomOf(lease) }))
    let unmatched = 0
    for (const { at, quantity } of this.admissions) {
      let rest = quantity
      for (const lease of inOrder) {
        if (rest === 0) break
        if (at < lease.from || at >= lease.to) continue
        const taken = Math.min(rest, lease.room)
        lease.room -= taken
        rest -= taken
      }
      unmatched += rest
    }
    return unmatched
  }

  private roomOf({ life, quantity, used }: Lease): number {
    return this.lostLives.has(life) ? quantity : used
  }
}

export function isOpen({ closedAt, expiresAt }: Lease, now: number): boolean {
  return closedAt === undefined && now < expiresAt
}

function endOf({ expiresAt, closedAt }: Lease): number {
  return closedAt === undefined ? expiresAt : Math.min(expiresAt, closedAt)
}
