import { Publisher } from '../../lambdas/bus/publisher.ts'
import { type TeamDeps, teamDepsOn } from '../../lambdas/runtime/team-deps.ts'
import { toEntryItem } from '../../lambdas/store/entry-item.ts'
import { toLine } from '../../lambdas/store/entry-line.ts'
import { EventCursor } from '../../lambdas/store/event-cursor.ts'
import { UsageView } from '../../lambdas/store/usage-view.ts'
import { itemBytes } from '../item-bytes.ts'
import { RequestMeter } from '../request-meter.ts'
import type { Model } from './model.ts'
import type { Units } from './tally.ts'

/** The stream gathers records for about a second. */
const batchMs = 1_000
const latest = Number.MAX_SAFE_INTEGER

/** The consumers of the stream that follow one team: the usage view and the publisher of events. */
export class StreamFollower {
  readonly #model: Model
  readonly #teamId: string
  readonly #meter: RequestMeter
  readonly #deps: TeamDeps
  readonly #view: UsageView
  readonly #publisher: Publisher
  #isOver = false
  /** Entries that were followed, the use in their captures, and bytes in the table and in the archive. */
  readonly followed = { entries: 0, used: 0, storedBytes: 0, archivedBytes: 0 }

  constructor(model: Model, teamId: string) {
    this.#model = model
    this.#teamId = teamId
    this.#meter = new RequestMeter(model.table)
    const env = { tableName: model.table.tableName, payments: 'sandbox', stage: 'bench' } as const
    this.#deps = teamDepsOn(this.#meter.table, env, model.clock)
    const { table, journal, catalog } = this.#deps
    this.#view = new UsageView(table, journal)
    const bus = { put: async () => {} }
    this.#publisher = new Publisher({ cursor: new EventCursor(table), journal, catalog, bus })
  }

  async catchUp(): Promise<void> {
    await this.#view.catchUp(this.#teamId, latest)
    await this.#publisher.catchUp(this.#teamId, latest)
  }

  /** Follows the team during some work. Returns what that costs. */
  async followDuring(work: () => Promise<void>): Promise<Units> {
    const [before] = await this.#deps.journal.newest(this.#teamId, latest, 1)
    const units = await this.#meter.during(async () => {
      const following = this.#follow()
      await work()
      this.#isOver = true
      await following
      await this.catchUp()
    })
    await this.#count(before?.version ?? 0)
    return units
  }

  async #follow(): Promise<void> {
    while (!this.#isOver) {
      await this.#model.time.sleep(batchMs)
      await this.catchUp()
    }
  }

  async #count(after: number): Promise<void> {
    const [last] = await this.#deps.journal.newest(this.#teamId, latest, 1)
    for (const entry of await this.#deps.journal.whole(this.#teamId, after, last?.version ?? after)) {
      this.followed.entries += 1
      this.followed.storedBytes += itemBytes(toEntryItem(entry))
      this.followed.archivedBytes += Buffer.byteLength(toLine(entry)) + 1
      if (entry.kind === 'capture') this.followed.used += entry.usage.quantity
    }
  }
}
