import { nextSecret } from '../lambdas/delivery/webhook-secrets.ts'
import { NotificationStore, type Webhook } from '../lambdas/store/notifications.ts'
import { count, dryRun, type Operating } from './operating.ts'
import { chosenTeams, type TeamChoice } from './teams.ts'

const dayMs = 86_400_000

export interface KeyRotation extends TeamChoice {
  /** Number of the signing key that secrets are to be made with. */
  readonly key: string
  readonly apply?: boolean
}

/**
 * Gives every webhook whose secret is of another signing key a secret of this one; the one before stays good for a day, in
 * which its team must fetch the next. Answers how many webhooks that were.
 */
export async function rotateKeys({ table, now, print }: Operating, rotation: KeyRotation): Promise<number> {
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
      webhooks: before.webhooks.map((one) =>
        keyOf(one) === rotation.key ? one : rotated(one, rotation.key, until),
      ),
    }))
  }
  print(`${count(total, 'webhook')} not of key ${rotation.key}${rotation.apply === true ? ', rotated' : ''}.`)
  if (rotation.apply !== true) print(dryRun)
  return total
}

const keyOf = ({ secret }: Webhook): string | undefined =>
  typeof secret === 'string' ? undefined : secret.key

function rotated(webhook: Webhook, key: string, until: number): Webhook {
  return { ...webhook, secret: nextSecret(key, webhook.secret), previous: { secret: webhook.secret, until } }
}
