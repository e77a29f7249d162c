import type { ClientProblem, UsageInput } from '../model.ts'
import type { ClientOptions } from '../options.ts'

/** Use that was admitted in an outage, added up by app and meter until it is recorded, about once a second. */
export class LaterUses {
  readonly #outage: ClientOptions['outage']
  readonly #record: (usage: UsageInput) => Promise<void>
  readonly #onProblem: (problem: ClientProblem) => void
  readonly #uses = new Map<string, UsageInput>()

  constructor(
    outage: ClientOptions['outage'],
    record: (usage: UsageInput) => Promise<void>,
    onProblem: (problem: ClientProblem) => void,
  ) {
    this.#outage = outage
    this.#record = record
    this.#onProblem = onProblem
  }

  /** Adds a use. Returns false, and adds nothing, where the meter stops in an outage. */
  add({ appId, meter, quantity }: UsageInput): boolean {
    const outage = typeof this.#outage === 'string' ? this.#outage : this.#outage?.[meter]
    if (outage !== 'record') return false
    const key = `${appId} ${meter}`
    const before = this.#uses.get(key)?.quantity ?? 0
    this.#uses.set(key, { appId, meter, quantity: before + quantity })
    return true
  }

  flush(): void {
    const uses = [...this.#uses.values()]
    this.#uses.clear()
    for (const use of uses) this.#record(use).catch((error: unknown) => this.#fail(use, error))
  }

  #fail({ appId, meter, quantity }: UsageInput, error: unknown): void {
    const detail = `${quantity} of ${meter} by ${appId}: ${String(error)}`
    this.#onProblem({ what: 'report', status: 0, detail })
  }
}
