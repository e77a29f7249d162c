import type { ReplayClient } from './client.ts'
import type { ReadyLine } from './lines.ts'
import type { ReplayTotals } from './totals.ts'

export interface LaneOptions {
  readonly client: ReplayClient
  readonly totals: ReplayTotals
  /** Number of batches in progress at once. */
  readonly concurrency: number
  /** Events in one batch, at most 1,000. */
  readonly batch: number
  readonly onProgress: () => void
}

/** A request stays below the 1 MiB limit of `/v1/usage`. */
const batchBytesMax = 900_000

interface Lane {
  lines: ReadyLine[]
  bytes: number
  /** The lane's last batch. The next batch waits for it. */
  sending: Promise<void>
}

/**
 * Sends lines in batches. All lines of one subject use the same lane, one batch after the other, so an app's
 * events arrive in the order of the file. After the first batch that cannot be delivered, sending stops.
 */
export class ReplayLanes {
  private readonly lanes: Lane[]
  private readonly options: LaneOptions
  /** The reason why sending stopped. */
  failure: string | undefined

  constructor(options: LaneOptions) {
    this.options = options
    this.lanes = Array.from({ length: options.concurrency }, () => ({
      lines: [],
      bytes: 0,
      sending: Promise.resolve(),
    }))
  }

  /** Adds a line. Waits while its lane is still busy with its last batch, so memory is bounded. */
  async add(line: ReadyLine): Promise<void> {
    const lane = this.lanes[laneIndex(line.subject, this.lanes.length)]
    if (lane === undefined) throw new Error('No lane for a line')
    const bytes = Buffer.byteLength(line.text) + 1
    if (lane.bytes + bytes > batchBytesMax) await this.dispatch(lane)
    lane.lines.push(line)
    lane.bytes += bytes
    if (lane.lines.length >= this.options.batch) await this.dispatch(lane)
  }

  /** Sends the remaining lines and waits for all answers. */
  async finish(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => this.dispatch(lane)))
    await Promise.all(this.lanes.map((lane) => lane.sending))
  }

  private async dispatch(lane: Lane): Promise<void> {
    const lines = lane.lines
    lane.lines = []
    lane.bytes = 0
    await lane.sending
    if (lines.length > 0) lane.sending = this.deliver(lines).then(this.options.onProgress)
  }

  private async deliver(lines: readonly ReadyLine[]): Promise<void> {
    const { client, totals } = this.options
    if (this.failure !== undefined) return this.giveUp(lines)
    const sent = await client.send(lines.map((line) => line.text))
    if (sent.tries > 1) totals.resentBatches += 1
    if (sent.kind === 'undelivered') return this.giveUp(lines, sent.reason)
    if (sent.kind === 'refused') return this.deliverParts(lines, { code: sent.code, reason: sent.reason })
    if (sent.results.length !== lines.length)
      return this.giveUp(lines, 'the answer has another number of results')
    for (const [index, line] of lines.entries()) {
      const result = sent.results[index]
      if (result) totals.add(line.number, result)
    }
  }

  /** A refused batch is halved until the faulty line is alone. The other lines are recorded. */
  private async deliverParts(
    lines: readonly ReadyLine[],
    why: { code: string; reason: string },
  ): Promise<void> {
    const [only, ...others] = lines
    if (only && others.length === 0) {
      this.options.totals.reject({ number: only.number, ...why })
      return
    }
    const middle = Math.ceil(lines.length / 2)
    await this.deliver(lines.slice(0, middle))
    await this.deliver(lines.slice(middle))
  }

  private giveUp(lines: readonly ReadyLine[], reason?: string): void {
    this.failure ??= reason
    for (const line of lines) this.options.totals.undeliver(line.number)
  }
}

function laneIndex(subject: string, lanes: number): number {
  let hash = 0
  for (const character of subject) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0
  return hash % lanes
}
