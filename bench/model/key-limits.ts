import { keyLimits } from './aws.ts'
import type { VirtualTime } from './virtual-time.ts'

type Kind = keyof typeof keyLimits

interface Used {
  readonly second: number
  readonly writeUnits: number
  readonly readUnits: number
}

/** Counts the units of each partition key in the current second of virtual time. */
export class KeyLimits {
  private readonly used = new Map<string, Used>()
  private readonly time: VirtualTime

  constructor(time: VirtualTime) {
    this.time = time
  }

  /** True if the key has no units left in this second. */
  isExhausted(pk: string, kind: Kind): boolean {
    return this.usedOf(pk)[kind] >= keyLimits[kind]
  }

  take(pk: string, kind: Kind, units: number): void {
    const used = this.usedOf(pk)
    this.used.set(pk, { ...used, [kind]: used[kind] + units })
  }

  private usedOf(pk: string): Used {
    const second = Math.floor(this.time.now() / 1_000)
    const used = this.used.get(pk)
    return used?.second === second ? used : { second, writeUnits: 0, readUnits: 0 }
  }
}
