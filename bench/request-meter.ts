import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb'
import type { Table } from '../lambdas/store/table.ts'
import type { CallName, Input, Output } from '../lambdas/store/table-calls.ts'

/** Total cost of several requests. Units are DynamoDB's, indexes included. */
export interface Count {
  readonly requests: number
  /** Those of the requests that are transactions. */
  readonly transactions: number
  readonly writeUnits: number
  readonly readUnits: number
  /** The write units of each index, by its name. */
  readonly indexWriteUnits: ReadonlyMap<string, number>
}

const reads: ReadonlySet<CallName> = new Set(['GetItem', 'BatchGetItem', 'Query'])

/** Counts the requests to a table that are sent through the meter. A request that the client repeats counts once. */
export class RequestMeter {
  /** The same table, through the meter. */
  readonly table: Table
  private requests = 0
  private transactions = 0
  private writeUnits = 0
  private readUnits = 0
  private readonly indexes = new Map<string, number>()

  constructor(table: Table) {
    this.table = {
      tableName: table.tableName,
      send: (name, input) => this.send(table, name, input),
    }
  }

  /** Counts the requests of the work alone. */
  async during(work: () => Promise<unknown>): Promise<Count> {
    this.requests = 0
    this.transactions = 0
    this.writeUnits = 0
    this.readUnits = 0
    this.indexes.clear()
    await work()
    const { requests, transactions, writeUnits, readUnits } = this
    return { requests, transactions, writeUnits, readUnits, indexWriteUnits: new Map(this.indexes) }
  }

  private async send<Name extends CallName>(
    table: Table,
    name: Name,
    input: Input<Name>,
  ): Promise<Output<Name>> {
    this.requests += 1
    if (name === 'TransactWriteItems') this.transactions += 1
    const output = await table.send(name, { ...input, ReturnConsumedCapacity: 'INDEXES' })
    const { ConsumedCapacity }: { ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[] } = output
    for (const capacity of [ConsumedCapacity ?? []].flat()) this.add(capacity, reads.has(name))
    return output
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
