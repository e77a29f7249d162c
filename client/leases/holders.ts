import type { Desk } from './desk.ts'
import { Holder } from './holder.ts'

/** The most pairs of app and meter of a process. */
const holdersMax = 100_000
const idPattern = /^[A-Za-z0-9._-]{1,64}$/

/** All holders of a process, by app and meter. */
export class Holders {
  readonly #desk: Desk
  readonly #byApp = new Map<string, Map<string, Holder>>()
  #size = 0

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** The holder of an app and meter; made at the first call. Throws `TypeError` for an id that is none, `RangeError` for too many. */
  get(appId: string, meter: string): Holder {
    return this.#byApp.get(appId)?.get(meter) ?? this.#make(appId, meter)
  }

  #make(appId: string, meter: string): Holder {
    for (const [name, id] of Object.entries({ appId, meter }))
      if (!idPattern.test(id)) throw new TypeError(`${name} must be 1 to 64 of A-Z a-z 0-9 . _ -`)
    if (this.#size >= holdersMax)
      throw new RangeError(`more than ${holdersMax} pairs of app and meter are in use`)
    const ofApp = this.#byApp.get(appId) ?? new Map<string, Holder>()
    const holder = new Holder(appId, meter, this.#desk)
    this.#byApp.set(appId, ofApp.set(meter, holder))
    this.#size += 1
    return holder
  }

  *[Symbol.iterator](): Generator<Holder> {
    for (const ofApp of this.#byApp.values()) yield* ofApp.values()
  }

  remove(holder: Holder): void {
    const { appId, meter } = holder
    holder.leave()
    const ofApp = this.#byApp.get(appId)
    if (ofApp?.delete(meter) !== true) return
    this.#size -= 1
    if (ofApp.size === 0) this.#byApp.delete(appId)
  }
}
