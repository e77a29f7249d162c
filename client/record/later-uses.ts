import type { ClientProblem, UsageInput } from '../model.ts'
import { quantityMax } from './usage-check.ts'

/** Use that was admitted in an outage. */
export interface LaterUses {
  readonly add: (use: UsageInput) => void
  /** Records the sums, one event for each app and meter; to be called about once a second. */
  readonly flush: () => void
}

export function createLaterUses(
  record: (usage: UsageInput) => Promise<void>,
  onProblem: (problem: ClientProblem) => void,
): LaterUses {
  const uses = new Map<string, UsageInput>()

  function flush(): void {
    const sums = [...uses.values()]
    uses.clear()
    for (const use of sums)
      record(use).catch((error: unknown) => {
        const detail = `${use.quantity} of ${use.meter} by ${use.appId}: ${String(error)}`
        onProblem({ what: 'report', status: 0, detail })
      })
  }

  return {
    add({ appId, meter, quantity }) {
      const key = `${appId} ${meter}`
      if ((uses.get(key)?.quantity ?? 0) + quantity > quantityMax) flush()
      const before = uses.get(key)?.quantity ?? 0
      uses.set(key, { appId, meter, quantity: before + quantity })
    },
    flush,
  }
}
