import {
  type CancellationReason,
  ConditionalCheckFailedException,
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb'
import { reachedAt, singleLatency, transactionLatency, transactionParts } from './aws.ts'
import { failedConditions } from './conditions.ts'
import { KeyLimits } from './key-limits.ts'
import { draw } from './seeded.ts'
import { emptyTally, type Tally, type Units } from './tally.ts'
import type { VirtualTime } from './virtual-time.ts'
import { type Body, isSingleWrite, isWrite, type Target, targetsOf } from './wire.ts'

/** One request on its way to the table. */
export interface Exchange {
  /** `GetItem`, `TransactWriteItems`, … */
  readonly action: string
  readonly body: Body
  /** Lets the engine answer this request, or another body in its place. Throws the engine's errors. */
  forward(body?: Body): Promise<Units>
}

const $metadata = {}

/**
 * The table as AWS runs it: a request takes time, transactions that overlap on an item conflict, and a partition key has
 * limits. Conditions and answers are the engine's own.
 */
export class TableModel {
  readonly tally: Tally = emptyTally()
  /** Keys of the items of prepared transactions. */
  private readonly held = new Set<string>()
  private readonly limits: KeyLimits
  private readonly time: VirtualTime
  private readonly random: () => number

  constructor(time: VirtualTime, random: () => number) {
    this.limits = new KeyLimits(time)
    this.time = time
    this.random = random
  }

  /** Does one request in virtual time. Throws the table's errors. */
  async send(exchange: Exchange): Promise<void> {
    this.tally.requests += 1
    const targets = targetsOf(exchange.body)
    if (exchange.action === 'TransactWriteItems') return this.transact(exchange, targets)
    const ms = draw(exchange.action === 'TransactGetItems' ? transactionLatency : singleLatency, this.random)
    await this.time.sleep(ms * reachedAt)
    try {
      await this.reach(exchange, targets)
    } finally {
      await this.time.sleep(ms * (1 - reachedAt))
    }
  }

  private async transact(exchange: Exchange, targets: readonly Target[]): Promise<void> {
    const ms = draw(transactionLatency, this.random)
    const { preparedAt, cancelledAt, committedAt } = transactionParts
    await this.time.sleep(ms * preparedAt)
    const reasons = await this.prepare(exchange, targets)
    if (reasons !== undefined) {
      await this.time.sleep(ms * (cancelledAt - preparedAt))
      throw cancelled(reasons)
    }
    await this.time.sleep(ms * (committedAt - preparedAt))
    try {
      this.countTransaction(await this.time.real(() => exchange.forward()), targets)
    } finally {
      for (const { key } of targets) this.held.delete(key)
    }
    await this.time.sleep(ms * (1 - committedAt))
  }

  /** Holds the items until the commit. Otherwise returns why the transaction is cancelled, one reason for each item. */
  private async prepare(
    { body, forward }: Exchange,
    targets: readonly Target[],
  ): Promise<readonly CancellationReason[] | undefined> {
    const exhausted = targets.map(({ pk }) => this.limits.isExhausted(pk, 'writeUnits'))
    if (exhausted.includes(true)) {
      this.tally.throttled += 1
      return exhausted.map((isTrue) => ({ Code: isTrue ? 'ProvisionedThroughputExceeded' : 'None' }))
    }
    const conflicts = this.conflictsOf(targets)
    // Held before the engine is asked, so that no other transaction is prepared meanwhile.
    if (conflicts === undefined) for (const { key } of targets) this.held.add(key)
    const reasons = conflicts ?? (await this.time.real(() => failedConditions(body, forward)))
    if (reasons === undefined) return undefined
    if (conflicts === undefined) {
      this.tally.failedConditions += 1
      for (const { key } of targets) this.held.delete(key)
    }
    const writeUnits = targets.reduce((sum, { transactionUnits }) => sum + transactionUnits, 0)
    this.countTransaction({ writeUnits, readUnits: 0 }, targets)
    return reasons
  }

  /** Everything but a write transaction, at the moment when it reaches its items. */
  private async reach({ action, forward }: Exchange, targets: readonly Target[]): Promise<void> {
    const kind = isWrite(action) ? 'writeUnits' : 'readUnits'
    if (targets.some(({ pk }) => this.limits.isExhausted(pk, kind))) {
      this.tally.throttled += 1
      throw new ProvisionedThroughputExceededException({ message: 'no units left', $metadata })
    }
    const conflicts =
      isSingleWrite(action) || action === 'TransactGetItems' ? this.conflictsOf(targets) : undefined
    if (conflicts !== undefined && action === 'TransactGetItems') throw cancelled(conflicts)
    if (conflicts !== undefined) throw new TransactionConflictException({ message: 'conflict', $metadata })
    try {
      this.count(await this.time.real(() => forward()), targets)
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) {
        this.tally.failedConditions += 1
        this.count({ writeUnits: 1, readUnits: 0 }, targets)
      }
      throw error
    }
  }

  private conflictsOf(targets: readonly Target[]): readonly CancellationReason[] | undefined {
    const isHeld = targets.map(({ key }) => this.held.has(key))
    if (!isHeld.includes(true)) return undefined
    this.tally.conflicts += 1
    return isHeld.map((isTrue) => ({ Code: isTrue ? 'TransactionConflict' : 'None' }))
  }

  private countTransaction(units: Units, targets: readonly Target[]): void {
    this.add(units)
    for (const { pk, transactionUnits } of targets) this.limits.take(pk, 'writeUnits', transactionUnits)
  }

  /** Keys share the units of other requests in equal parts. */
  private count(units: Units, targets: readonly Target[]): void {
    this.add(units)
    for (const { pk } of targets) {
      this.limits.take(pk, 'writeUnits', units.writeUnits / targets.length)
      this.limits.take(pk, 'readUnits', units.readUnits / targets.length)
    }
  }

  private add({ writeUnits, readUnits }: Units): void {
    this.tally.writeUnits += writeUnits
    this.tally.readUnits += readUnits
  }
}

function cancelled(reasons: readonly CancellationReason[]): TransactionCanceledException {
  const message = 'the transaction was cancelled'
  return new TransactionCanceledException({ message, $metadata, CancellationReasons: [...reasons] })
}
