import type { Desk } from './desk.ts'
import { type Holder, openHolder } from './holder.ts'

/** The most pairs of app and meter of a process. */
const holdersMax = 100_000
const idPattern = /^[A-Za-z0-9._-]{1,64}$/
const idRule = '1 to 64 of A-Z a-z 0-9 . _ -'

/** All holders of a process. */
export interface Holders extends Iterable<Holder> {
  /** The holder of an app and meter; made at the first call. Throws `TypeError` for an id that is none, `RangeError` for too many. */
  readonly get: (appId: string, meter: string) => Holder
  readonly remove: (holder: Holder) => void
}

export function createHolders(desk: Desk): Holders {
  // By app, then by meter: a joined key would cost more than the decision.
  const byApp = new Map<string, Map<string, Holder>>()
  let size = 0

  function open(appId: string, meter: string): Holder {
    if (!idPattern.test(appId)) throw new TypeError(`appId: ${idRule}`)
    if (!idPattern.test(meter)) throw new TypeError(`meter: ${idRule}`)
    if (size >= holdersMax) throw new RangeError('too many')
    const ofApp = byApp.get(appId) ?? new Map<string, Holder>()
    const holder = openHolder(appId, meter, desk)
    byApp.set(appId, ofApp.set(meter, holder))
    size += 1
    return holder
  }

  return {
    get: (appId, meter) => byApp.get(appId)?.get(meter) ?? open(appId, meter),
    remove(holder) {
      const ofApp = byApp.get(holder.appId)
      if (!ofApp?.delete(holder.meter)) return
      holder.leave()
      size -= 1
      if (ofApp.size === 0) byApp.delete(holder.appId)
    },
    *[Symbol.iterator]() {
      for (const ofApp of byApp.values()) yield* ofApp.values()
    },
  }
}
