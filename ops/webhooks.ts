import { dayMs } from '../core/time/time.ts'
import { NotificationStore, nextSecret, type Webhook } from '../lambdas/store/notifications.ts'
import { CannotDo, count, dryRun, type Operating } from './operating.ts'
import { chosenTeams, type TeamChoice } from './teams.ts'

export interface KeyRotation extends TeamChoice {
  /** Number of the signing key that secrets are to be made with. */
  readonly key: string
  /** Numbers of the signing keys that there are. */
  readonly keys: readonly string[]
  readonly apply?: boolean
}

/**
 * Gives every webhook whose secret is of another signing key a secret of this one; the one before stays good for a day, in
 * which its team must fetch the next. Answers how many webhooks that were. Throws `CannotDo` where there is no such key.
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
    const until = now() + dayMs
    await store.change(teamId, (before) => ({
      ...before,
      webhooks: before.webhooks.map((webhook) =>
        keyOf(webhook) === rotation.key ? webhook : rotate(webhook, rotation, until),
      ),
    }))
  }
  print(`${count(total, 'webhook')} not of key ${rotation.key}${rotation.apply === true ? ', rotated' : ''}.`)
  if (rotation.apply !== true) print(dryRun)
  return total
}

const keyOf = ({ secret }: Webhook): string | undefined =>
  typeof secret === 'string' ? undefined : secret.key

/** A secret of a key that is gone signs nothing: it is not kept beside the next. */
function rotate({ previous: _, ...webhook }: Webhook, { key, keys }: KeyRotation, until: number): Webhook {
  const { secret } = webhook
  const isGood = typeof secret === 'string' || keys.includes(secret.key)
  return { ...webhook, secret: nextSecret(key, secret), ...(isGood && { previous: { secret, until } }) }
}
