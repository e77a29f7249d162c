import type { ClientProblem, UsageInput } from '../model.ts'
import type { ClientOptions } from '../options.ts'
import { quantityMax } from './pace.ts'

/** Use that was admitted in an outage. */
export interface LaterUses {
  /** Adds a use. Returns false, and adds nothing, where the meter stops in an outage. */
  readonly add: (use: UsageInput) => boolean
  /** Records the sums, one event for each app and meter; to be called about once a second. */
  readonly flush: () => void
}

interface LaterOptions extends Pick<ClientOptions, 'outage'> {
  readonly record: (usage: UsageInput) => Promise<void>
  readonly onProblem: (problem: ClientProblem) => void
}

export function createLaterUses({ outage, record, onProblem }: LaterOptions): LaterUses {
  const uses = new Map<string, UsageInput>()

  function flush(): void {
    const sums = [...uses.values()]
    uses.clear()
    for (const use of sums)
      record(use).catch((error) => {
        const detail = `${use.quantity} of ${use.meter} by ${use.appId}: ${error}`
        onProblem({ what: 'report', status: 0, detail })
      })
  }

  return {
    add({ appId, meter, quantity }) {
      if ((typeof outage === 'string' ? outage : outage?.[meter]) !== 'record') return false
      const key = `${appId} ${meter}`
      const before = uses.get(key)?.quantity ?? 0
      if (before + quantity > quantityMax) flush()
      uses.set(key, { appId, meter, quantity: (uses.get(key)?.quantity ?? 0) + quantity })
      return true
    },
    flush,
  }
}
