import { dayMs } from '../core/time/time.ts'
import {
  NotificationStore,
  nextSecret,
  type PreviousSecret,
  replaceSecret,
  type Webhook,
} from '../lambdas/store/notifications.ts'
import { CannotDo, count, dryRun, type Operating } from './operating.ts'
import { chosenTeams, type TeamChoice } from './teams.ts'

export interface KeyRotation extends TeamChoice {
  /** Number of the signing key of the new secrets. */
  readonly key: string
  /** Numbers of the existing signing keys. */
  readonly keys: readonly string[]
  readonly apply?: boolean
}

/**
 * Gives every webhook a secret of this signing key, unless it has one. The previous secret stays valid for a
 * day; the team must fetch the new one within that time. Returns the number of webhooks. Throws `CannotDo`
 * when the key does not exist.
 */
export async function rotateKeys({ table, now, print }: Operating, rotation: KeyRotation): Promise<number> {
  if (!rotation.keys.includes(rotation.key))
    throw new CannotDo(`There is no signing key ${rotation.key}, but ${rotation.keys.join(', ')}.`)
  const store = new NotificationStore(table)
  let total = 0
  for await (const { teamId } of chosenTeams(table, rotation)) {
    const old = (await store.load(teamId)).webhooks.filter((webhook) => keyOf(webhook) !== rotation.key)
    for (const { webhookId, url, secret } of old)
      print(
        `${teamId}: ${webhookId} (${new URL(url).host}) is of ${typeof secret === 'string' ? 'no key' : `key ${secret.key}`}`,
      )
    total += old.length
    if (rotation.apply !== true || old.length === 0) continue
    const start = now()
    await store.change(teamId, (before) => ({
      ...before,
      webhooks: before.webhooks.map((webhook) =>
        keyOf(webhook) === rotation.key
          ? webhook
          : rotate(webhook, rotation, { now: start, until: start + dayMs }),
      ),
    }))
  }
  print(`${count(total, 'webhook')} not of key ${rotation.key}${rotation.apply === true ? ', rotated' : ''}.`)
  if (rotation.apply !== true) print(dryRun)
  return total
}

const keyOf = ({ secret }: Webhook): string | undefined =>
  typeof secret === 'string' ? undefined : secret.key

/** A secret of a deleted key cannot sign, so it is not stored as a previous secret. */
function rotate(
  webhook: Webhook,
  { key, keys }: KeyRotation,
  times: { readonly now: number; readonly until: number },
): Webhook {
  const { secret, previous, older, ...rest } = replaceSecret(webhook, nextSecret(key, webhook.secret), times)
  const isGood = (replaced: PreviousSecret) =>
    typeof replaced.secret === 'string' || keys.includes(replaced.secret.key)
  const [newest, ...others] = [...(previous === undefined ? [] : [previous]), ...(older ?? [])].filter(isGood)
  return {
    ...rest,
    secret,
    ...(newest !== undefined && { previous: newest }),
    ...(others.length > 0 && { older: others }),
  }
}
