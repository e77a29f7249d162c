import { isDeepStrictEqual } from 'node:util'
import { assert } from '../../core/assert.ts'
import { type Activity, type SettingPart, settingParts } from '../../core/journal/activity.ts'
import type { Language } from '../../core/texts/texts-model.ts'
import type { Instant } from '../../core/time/time.ts'
import { Busy } from '../runtime/busy.ts'
import { type Clock, systemClock } from '../runtime/clock.ts'
import { currentActor } from '../runtime/invocation.ts'
import { readable } from './item-version.ts'
import { notificationsKey } from './keys.ts'
import { noting } from './noting.ts'
import { getItem, type Item, isWritten, type Table } from './table.ts'
import { countingSetup } from './versions.ts'

/** The name of a webhook's secret: the number of the signing key, and of the secret under it. It is not secret itself. */
export interface SecretName {
  readonly key: string
  readonly number: number
}

/** A replaced secret, and the instant until which messages are also signed with it. */
export interface PreviousSecret {
  readonly secret: SecretName | string
  readonly until: Instant
}

export interface Webhook {
  readonly webhookId: string
  readonly url: string
  /** The event types that it receives; absent: all. */
  readonly types?: readonly string[]
  /** A text is the secret itself (`whsec_…`), of a webhook older than derived secrets; it goes with the next rotation. */
  readonly secret: SecretName | string
  /** The previous secret, which receivers may still check with until that instant. */
  readonly previous?: PreviousSecret
  /** Secrets before the previous one whose time is not over, the newest first. */
  readonly older?: readonly PreviousSecret[]
  /** The instant at which it was switched off, after a delivery failed finally. */
  readonly disabledAt?: Instant
  /** The last test event, which bounds how often one is sent. Its id tells apart two tests of the same instant. */
  readonly lastTest?: { readonly at: Instant; readonly eventId: string }
}

/** The endpoints that a team wants to be notified at, and the language. */
export interface Notifications {
  readonly teamId: string
  /** Counts changes, so that none is lost. */
  readonly revision: number
  readonly language: Language
  readonly emails: readonly string[]
  readonly webhooks: readonly Webhook[]
}

/** The name of the secret after `before`, under a key; without `before`, that of the first. */
export function nextSecret(key: string, before?: Webhook['secret']): SecretName {
  return { key, number: typeof before === 'object' ? before.number + 1 : 1 }
}

/** The replaced secrets of a webhook that must still sign, the newest first. */
export function previousSecrets({ previous, older = [] }: Webhook, now: Instant): readonly PreviousSecret[] {
  return [...(previous === undefined ? [] : [previous]), ...older].filter(({ until }) => now < until)
}

/** Replaces a secret. It and each one before it sign as long as was promised when it was replaced. */
export function replaceSecret(
  webhook: Webhook,
  secret: SecretName,
  { now, until }: { readonly now: Instant; readonly until: Instant },
): Webhook {
  const older = previousSecrets(webhook, now)
  return {
    ...webhook,
    secret,
    previous: { secret: webhook.secret, until },
    older: older.length > 0 ? older : undefined,
  }
}

export class NotificationStore {
  private readonly table: Table
  private readonly clock: Clock

  constructor(table: Table, clock: Clock = systemClock) {
    this.table = table
    this.clock = clock
  }

  /** The team's settings; empty at first. */
  async load(teamId: string): Promise<Notifications> {
    const item = await getItem(this.table, notificationsKey(teamId))
    return item === undefined
      ? { teamId, revision: 0, language: 'en', emails: [], webhooks: [] }
      : fromItem(item)
  }

  /**
   * Changes the settings, and returns them. `change` may be called again if another writer changes them meanwhile. Throws
   * Busy if that does not end.
   */
  async change(teamId: string, change: (before: Notifications) => Notifications): Promise<Notifications> {
    for (let attempt = 0; attempt < attemptsMax; attempt++) {
      const before = await this.load(teamId)
      const after = change(before)
      if (after === before) return before
      const next = { ...after, revision: before.revision + 1 }
      if (await this.put(before, next)) return next
      // The SDK repeats a put that succeeded without an answer; the repeat fails on the item that the put itself has written.
      if (isSameItem(await this.load(teamId), next)) return next
    }
    throw new Busy()
  }

  /** A change that a call asked for is noted in the same transaction. */
  private put(before: Notifications, next: Notifications): Promise<boolean> {
    const { tableName: TableName } = this.table
    const condition =
      before.revision === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'revision = :revision',
            ExpressionAttributeValues: { ':revision': before.revision },
          }
    const { teamId, revision } = next
    const Put = { TableName, Item: { ...notificationsKey(teamId), ...next }, ...condition }
    const actor = currentActor()
    const change = changeOf(before, next)
    const activity = change && { at: this.clock.now(), ...change }
    const notes =
      actor === undefined || activity === undefined
        ? []
        : noting(this.table, { teamId, item: 'notifications', revision, activity }, actor)
    const writes = [{ Put }, countingSetup(this.table, teamId), ...notes]
    return isWritten(this.table.send('TransactWriteItems', { TransactItems: writes }))
  }
}

/** The parts of the settings that differ, or the webhook that was tested or got another secret; undefined if nothing changed. */
function changeOf(
  before: Notifications,
  next: Notifications,
): Pick<Activity, 'kind' | 'targetId' | 'changed'> | undefined {
  const changed = settingParts.filter((part) => !isDeepStrictEqual(partOf(before, part), partOf(next, part)))
  if (changed.length > 0) return { kind: 'notifications-changed', changed }
  const tested = differing(before, next, 'lastTest')
  if (tested !== undefined) return { kind: 'webhook-tested', targetId: tested.webhookId }
  const rotated = differing(before, next, 'secret')
  return rotated && { kind: 'webhook-secret-replaced', targetId: rotated.webhookId }
}

/** The first webhook of which a field has another value than before. */
function differing(before: Notifications, next: Notifications, field: 'secret' | 'lastTest') {
  return next.webhooks.find((webhook) => {
    const known = before.webhooks.find(({ webhookId }) => webhookId === webhook.webhookId)
    return known !== undefined && !isDeepStrictEqual(known[field], webhook[field])
  })
}

/** A part of the settings without secrets. */
function partOf(settings: Notifications, part: SettingPart): unknown {
  if (part !== 'webhooks') return settings[part]
  return settings.webhooks.map(({ webhookId, url, types, disabledAt }) => [webhookId, url, types, disabledAt])
}

const attemptsMax = 5

/** True if both have the same stored form: undefined values are not stored. */
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
