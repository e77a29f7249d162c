import { isDeepStrictEqual } from 'node:util'
import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { assert } from '../../core/assert.ts'
import type { Language } from '../../core/texts/texts-model.ts'
import type { Instant } from '../../core/time/time.ts'
import { Busy } from '../runtime/busy.ts'
import { readable } from './item-version.ts'
import { notificationsKey } from './keys.ts'
import { getItem, type Item, isWritten, type Table } from './table.ts'

/** Which secret of a webhook: the number of the signing key, and of the secret under it. Not itself secret. */
export interface SecretName {
  readonly key: string
  readonly number: number
}

export interface Webhook {
  readonly webhookId: string
  readonly url: string
  /** What it is told; absent: everything. */
  readonly types?: readonly string[]
  /** A text is the secret itself (`whsec_…`), of a webhook older than derived secrets; it goes with the next rotation. */
  readonly secret: SecretName | string
  /** The one before, which receivers may still check with until then. */
  readonly previous?: { readonly secret: SecretName | string; readonly until: Instant }
  /** Since when it is switched off, after a delivery failed for good. */
  readonly disabledAt?: Instant
}

/** Whom a team wants to be told, and in which language. */
export interface Notifications {
  readonly teamId: string
  /** Counts changes, so that none is lost. */
  readonly revision: number
  readonly language: Language
  readonly emails: readonly string[]
  readonly webhooks: readonly Webhook[]
}

/** The name of the secret after `before`, under a key; without one, of the first. */
export function nextSecret(key: string, before?: Webhook['secret']): SecretName {
  return { key, number: typeof before === 'object' ? before.number + 1 : 1 }
}

export class NotificationStore {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** What the team has set; nothing at first. */
  async load(teamId: string): Promise<Notifications> {
    const item = await getItem(this.table, notificationsKey(teamId))
    return item === undefined
      ? { teamId, revision: 0, language: 'en', emails: [], webhooks: [] }
      : fromItem(item)
  }

  /**
   * Changes what is set, and answers it. `change` may be called again when somebody else changes it meanwhile. Throws Busy
   * when that does not end.
   */
  async change(teamId: string, change: (before: Notifications) => Notifications): Promise<Notifications> {
    for (let attempt = 0; attempt < attemptsMax; attempt++) {
      const before = await this.load(teamId)
      const after = change(before)
      if (after === before) return before
      const next = { ...after, revision: before.revision + 1 }
      if (await this.put(next, before.revision)) return next
      // A put that was done and not answered is sent again by the SDK, and then fails on what it has written itself.
      if (isSameItem(await this.load(teamId), next)) return next
    }
    throw new Busy()
  }

  private put(notifications: Notifications, revision: number): Promise<boolean> {
    const condition =
      revision === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'revision = :revision',
            ExpressionAttributeValues: { ':revision': revision },
          }
    const Item = { ...notificationsKey(notifications.teamId), ...notifications }
    return isWritten(
      this.table.client.send(new PutCommand({ TableName: this.table.tableName, Item, ...condition })),
    )
  }
}

const attemptsMax = 5

/** Whether both are stored as the same: what is undefined is not stored. */
function isSameItem(a: Notifications, b: Notifications): boolean {
  return isDeepStrictEqual(a, JSON.parse(JSON.stringify(b)))
}

function fromItem(item: Item): Notifications {
  const { pk, sk, itemVersion, ...rest } = readable('notifications', item)
  assert(
    Number.isSafeInteger(rest.revision) && Array.isArray(rest.emails) && Array.isArray(rest.webhooks),
    'notification settings of an unknown shape',
  )
  return rest as unknown as Notifications
}
