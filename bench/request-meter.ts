import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'

/** Total cost of several requests. Units are DynamoDB's, indexes included. */
export interface Count {
  readonly requests: number
  readonly writeUnits: number
  readonly readUnits: number
  /** The write units of each index, by its name. */
  readonly indexWriteUnits: ReadonlyMap<string, number>
}

/** The pattern also covers the document client's internal command names. */
const reads = /^(Get|BatchGet|Query)(Item)?Command$/

/** Counts a client's requests. It adds a step to the client permanently. */
export class RequestMeter {
  private requests = 0
  private writeUnits = 0
  private readUnits = 0
  private readonly indexes = new Map<string, number>()

  constructor(client: DynamoDBDocumentClient) {
    client.middlewareStack.add(
      (next, context) => async (args) => {
        Object.assign(args.input, { ReturnConsumedCapacity: 'INDEXES' })
        this.requests += 1
        const result = await next(args)
        const { ConsumedCapacity } = result.output as { ConsumedCapacity?: unknown }
        const consumed = [ConsumedCapacity ?? []].flat() as ConsumedCapacity[]
        for (const capacity of consumed) this.add(capacity, reads.test(String(context.commandName)))
        return result
      },
      // The step precedes the retry steps, so a retried request counts once.
      { step: 'initialize', priority: 'high', name: 'RequestMeter' },
    )
  }

  /** Counts the requests of the work alone. */
  async during(work: () => Promise<unknown>): Promise<Count> {
    this.requests = 0
    this.writeUnits = 0
    this.readUnits = 0
    this.indexes.clear()
    await work()
    const { requests, writeUnits, readUnits } = this
    return { requests, writeUnits, readUnits, indexWriteUnits: new Map(this.indexes) }
  }

  private add(consumed: ConsumedCapacity, isRead: boolean): void {
    const units = consumed.CapacityUnits ?? 0
    if (isRead) {
      this.readUnits += units
      return
    }
    this.writeUnits += units
    for (const [name, index] of Object.entries(consumed.GlobalSecondaryIndexes ?? {}))
      this.indexes.set(name, (this.indexes.get(name) ?? 0) + (index.CapacityUnits ?? 0))
  }
}
