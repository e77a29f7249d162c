import * as v from 'valibot'
import type { EngineCall } from '../../audit/data-folder/engine-call.ts'
import { streamArnOf } from '../assembly.ts'
import { type DeliveryParts, deliver, type StreamRecord } from '../services/delivery.ts'

const pollMilliseconds = 200
const recordsPerRead = 1_000

const Shards = v.object({
  StreamDescription: v.object({ Shards: v.array(v.object({ ShardId: v.string() })) }),
})
const Iterator = v.object({ ShardIterator: v.string() })
const Page = v.object({
  Records: v.array(v.looseObject({ dynamodb: v.looseObject({ SequenceNumber: v.string() }) })),
  NextShardIterator: v.nullish(v.string()),
})

export interface PollerParts extends DeliveryParts {
  readonly call: EngineCall
  /** The engine's name for the table's stream. */
  readonly streamArn: string
  /** Sequence number of the last handled record of each shard. The caller stores it. */
  readonly handled: Map<string, string>
  readonly save: () => void
  readonly log: (line: string) => void
}

/** Reads one table's stream for one function, from the last handled record on. */
export class StreamPoller {
  private readonly parts: PollerParts
  private readonly iterators = new Map<string, string>()
  private work: Promise<void> = Promise.resolve()
  private timer: NodeJS.Timeout | undefined
  private isStopped = false

  constructor(parts: PollerParts) {
    this.parts = parts
  }

  start(): void {
    const poll = async () => {
      await this.drain()
      if (!this.isStopped) this.timer = setTimeout(poll, pollMilliseconds)
    }
    void poll()
  }

  /** Resolves when every record that was in the stream at the time of the call is handled. */
  drain(): Promise<void> {
    this.work = this.work.then(() => this.readAll()).catch((cause) => this.complain(cause))
    return this.work
  }

  async stop(): Promise<void> {
    this.isStopped = true
    clearTimeout(this.timer)
    await this.work
  }

  private complain(cause: unknown): void {
    this.iterators.clear()
    if (!this.isStopped) this.parts.log(`${this.parts.mapping.id}: reading the stream failed: ${cause}`)
  }

  private async readAll(): Promise<void> {
    for (const shardId of await this.shards()) while (!this.isStopped && (await this.readPage(shardId)));
  }

  private async shards(): Promise<string[]> {
    if (this.iterators.size > 0) return [...this.iterators.keys()]
    const { call, streamArn } = this.parts
    const answer = await call('DynamoDBStreams_20120810', 'DescribeStream', { StreamArn: streamArn })
    return v.parse(Shards, answer).StreamDescription.Shards.map((shard) => shard.ShardId)
  }

  /** Handles one page of records. Returns false when there was none. */
  private async readPage(shardId: string): Promise<boolean> {
    const ShardIterator = this.iterators.get(shardId) ?? (await this.iteratorOf(shardId))
    const { call } = this.parts
    const answer = await call('DynamoDBStreams_20120810', 'GetRecords', {
      ShardIterator,
      Limit: recordsPerRead,
    })
    const { Records, NextShardIterator } = v.parse(Page, answer)
    await this.handle(shardId, Records)
    if (NextShardIterator) this.iterators.set(shardId, NextShardIterator)
    else this.iterators.delete(shardId)
    return Records.length > 0
  }

  private async iteratorOf(shardId: string): Promise<string> {
    const { call, streamArn, handled } = this.parts
    const SequenceNumber = handled.get(shardId)
    const from =
      SequenceNumber === undefined
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber }
    const input = { StreamArn: streamArn, ShardId: shardId, ...from }
    return v.parse(Iterator, await call('DynamoDBStreams_20120810', 'GetShardIterator', input)).ShardIterator
  }

  private async handle(shardId: string, records: readonly StreamRecord[]): Promise<void> {
    const { mapping, handled, save } = this.parts
    const accepted = records.filter((record) => mapping.accepts(record))
    for (let start = 0; start < accepted.length; start += mapping.batchSize) {
      const batch = accepted.slice(start, start + mapping.batchSize)
      const eventSourceARN = streamArnOf(mapping.tableId)
      await deliver(
        batch.map((record) => ({ ...record, eventSourceARN })),
        this.parts,
      )
    }
    const last = records.at(-1)
    if (last === undefined) return
    handled.set(shardId, last.dynamodb.SequenceNumber)
    save()
  }
}
