import { assert } from '../../core/assert.ts'
import type { Instant } from '../../core/time/time.ts'
import { type Attempt, attemptsKept, type Delivery, nextTryAt } from './delivery.ts'
import { readable } from './item-version.ts'
import {
  afterDeliveries,
  deliveryKey,
  deliveryPrefix,
  deliveryShard,
  dueAtKey,
  dueIndex,
  type Key,
  parseDueAtKey,
  teamPk,
  ttlAfter,
  ttlAttribute,
} from './keys.ts'
import { getItem, type Item, isWritten, type Table } from './table.ts'

const isUntouched = '#status = :pending AND tries = :tries'

export interface DueDelivery extends Delivery {
  readonly dueAt: Instant
}

/** Deliveries by team, and due deliveries by instant. */
export class DeliveryStore {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  async find(teamId: string, deliveryId: string): Promise<Delivery | undefined> {
    return this.read(deliveryKey(teamId, deliveryId))
  }

  /** Stores a new delivery, due at once. Returns false if it already exists. */
  async add(delivery: Delivery, now: Instant): Promise<boolean> {
    const Item = newDeliveryItem(delivery, now)
    const condition = { ConditionExpression: 'attribute_not_exists(pk)' }
    return isWritten(this.table.send('PutItem', { TableName: this.table.tableName, Item, ...condition }))
  }

  /** Stores a delivery whose only try is over. */
  async addEnded(delivery: Delivery, now: Instant): Promise<void> {
    const { teamId, deliveryId } = delivery
    const Item = { ...deliveryKey(teamId, deliveryId), ...delivery, ...lastingFrom(now) }
    const condition = { ConditionExpression: 'attribute_not_exists(pk)' }
    await isWritten(this.table.send('PutItem', { TableName: this.table.tableName, Item, ...condition }))
  }

  /** Begins a try, and plans the next one before this one ends. Returns undefined if another run has begun it. */
  async begin(delivery: Delivery, now: Instant): Promise<Delivery | undefined> {
    const { tries } = delivery
    const isBegun = await this.update(delivery, {
      set: 'tries = :next, dueShard = :dueShard, dueAt = :dueAt',
      values: {
        ':next': tries + 1,
        ':dueShard': deliveryShard(delivery.teamId),
        ':dueAt': dueAtKey(nextTryAt(tries, now)),
      },
    })
    return isBegun ? { ...delivery, tries: tries + 1 } : undefined
  }

  /** Stores the end of a try; a `status` other than `pending` ends the delivery. */
  async end(
    delivery: Delivery,
    { status, sentTo }: Pick<Delivery, 'status' | 'sentTo'>,
    attempt: Attempt,
  ): Promise<void> {
    await this.update(delivery, {
      set: `#status = :status, attempts = :attempts${sentTo === undefined ? '' : ', sentTo = :sentTo'}`,
      remove: status === 'pending' ? undefined : 'dueShard, dueAt',
      values: {
        ':status': status,
        ':attempts': [...delivery.attempts, attempt].slice(-attemptsKept),
        ...(sentTo !== undefined && { ':sentTo': sentTo }),
      },
    })
  }

  /** Makes a delivery due again, from the first try. Returns false if it does not exist. */
  async resend(teamId: string, deliveryId: string, now: Instant): Promise<boolean> {
    const { dueShard, dueAt } = dueOf(teamId, now)
    return isWritten(
      this.table.send('UpdateItem', {
        TableName: this.table.tableName,
        Key: deliveryKey(teamId, deliveryId),
        UpdateExpression:
          'SET #status = :pending, tries = :none, isResent = :yes, #ttl = :ttl, dueShard = :dueShard, dueAt = :dueAt REMOVE sentTo',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeNames: { '#status': 'status', '#ttl': ttlAttribute },
        ExpressionAttributeValues: {
          ':ttl': ttlAfter(now, deliveriesKeptDays),
          ':pending': 'pending',
          ':none': 0,
          ':yes': true,
          ':dueShard': dueShard,
          ':dueAt': dueAt,
        },
      }),
    )
  }

  /** Up to `limit` deliveries to the team's endpoints, newest first, older than `before` if it is given. */
  async newest(teamId: string, before: string | undefined, limit: number): Promise<readonly Delivery[]> {
    const end = before === undefined ? afterDeliveries : `${deliveryPrefix}${before}`
    const { Items = [] } = await this.table.send('Query', {
      TableName: this.table.tableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': teamPk(teamId), ':from': deliveryPrefix, ':to': end },
      ScanIndexForward: false,
      Limit: limit + 1,
    })
    const found = Items.map(fromItem).filter(({ deliveryId }) => deliveryId !== before)
    return found.slice(0, limit)
  }

  /** Up to `limit` due deliveries of a shard, the longest due first, with the instant since which they are due. */
  async due(shard: string, now: Instant, limit: number): Promise<readonly DueDelivery[]> {
    const { Items = [] } = await this.table.send('Query', {
      TableName: this.table.tableName,
      IndexName: dueIndex,
      KeyConditionExpression: 'dueShard = :shard AND dueAt <= :dueBy',
      ExpressionAttributeValues: { ':shard': shard, ':dueBy': dueAtKey(now) },
      Limit: limit,
    })
    const found = await Promise.all(
      Items.map(async ({ pk, sk, dueAt }) => {
        const item = await getItem(this.table, { pk: String(pk), sk: String(sk) })
        // The index may show a date that a try which began since has moved on: that try is not to be doubled.
        if (item === undefined || item.dueAt !== dueAt) return []
        return [{ ...fromItem(item), dueAt: parseDueAtKey(String(dueAt)) }]
      }),
    )
    return found.flat()
  }

  private async read(key: Key): Promise<Delivery | undefined> {
    const item = await getItem(this.table, key)
    return item === undefined ? undefined : fromItem(item)
  }

  private update(
    { teamId, deliveryId, tries }: Delivery,
    { set, remove, values }: { set: string; remove?: string | undefined; values: Item },
  ): Promise<boolean> {
    return isWritten(
      this.table.send('UpdateItem', {
        TableName: this.table.tableName,
        Key: deliveryKey(teamId, deliveryId),
        UpdateExpression: `SET ${set}${remove === undefined ? '' : ` REMOVE ${remove}`}`,
        ConditionExpression: isUntouched,
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ...values, ':pending': 'pending', ':tries': tries },
      }),
    )
  }
}

/** Time for which a delivery can be listed and resent. */
export const deliveriesKeptDays = 35

/** The item of a new delivery, due at once. */
export function newDeliveryItem(delivery: Delivery, now: Instant): Item {
  const { teamId, deliveryId } = delivery
  return { ...deliveryKey(teamId, deliveryId), ...delivery, ...dueOf(teamId, now), ...lastingFrom(now) }
}

const lastingFrom = (now: Instant) => ({ [ttlAttribute]: ttlAfter(now, deliveriesKeptDays) })

function dueOf(teamId: string, now: Instant) {
  return { dueShard: deliveryShard(teamId), dueAt: dueAtKey(now) }
}

function fromItem(item: Item): Delivery {
  const { pk, sk, dueShard, dueAt, itemVersion, [ttlAttribute]: _, ...rest } = readable('delivery', item)
  assert(
    typeof rest.deliveryId === 'string' && Array.isArray(rest.attempts),
    'a delivery of an unknown shape',
  )
  return rest as unknown as Delivery
}
