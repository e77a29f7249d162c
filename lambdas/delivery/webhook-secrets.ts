import { createHmac } from 'node:crypto'
import { assert } from '../../core/assert.ts'
import { type Instant, minuteMs } from '../../core/time/time.ts'
import type { Clock } from '../runtime/clock.ts'
import { readSigningKeys } from '../runtime/env.ts'
import { secretReader } from '../runtime/secret-value.ts'
import { previousSecrets, type Webhook } from '../store/notifications.ts'
import { parseSigningKeys, type SigningKeys } from '../store/signing-keys.ts'

/** Time after which all functions use a new key. */
const rememberedMs = 10 * minuteMs

/**
 * The secrets that sign webhooks. None is stored: each is derived from a signing key, the webhook's id and a number, so
 * that a reader of the table cannot sign anything.
 */
export class WebhookSecrets {
  private readonly read: () => Promise<string>
  private readonly clock: Clock
  private known: { readonly keys: SigningKeys; readonly until: Instant } | undefined

  /** `read` returns the signing keys as JSON: number → key. */
  constructor(read: () => Promise<string>, clock: Clock) {
    this.read = read
    this.clock = clock
  }

  /** Number of the key that new secrets are made with. */
  async newestKey(): Promise<string> {
    return String(Math.max(...Object.keys(await this.load()).map(Number)))
  }

  /** The secret itself, `whsec_…` as Standard Webhooks has it. */
  async secretOf(teamId: string, webhookId: string, secret: Webhook['secret']): Promise<string> {
    if (typeof secret === 'string') return secret
    const keys = await this.load(secret.key)
    const key = keys[secret.key]
    assert(key !== undefined, `there is a signing key ${secret.key}`)
    // Ids never contain the separator, so two webhooks never derive from the same text.
    const name = ['webhook', teamId, webhookId, secret.number].join('#')
    return `whsec_${createHmac('sha256', key).update(name).digest('base64')}`
  }

  /** All secrets that must sign a message now: also each replaced one whose time is not over. The newest is first. */
  async goodAt(now: Instant, teamId: string, webhook: Webhook): Promise<readonly string[]> {
    const { webhookId, secret } = webhook
    const names = [secret, ...previousSecrets(webhook, now).map((previous) => previous.secret)]
    return Promise.all(names.map((name) => this.secretOf(teamId, webhookId, name)))
  }

  /** The keys, read again after a while, and when a requested key was added since. */
  private async load(wanted?: string): Promise<SigningKeys> {
    const now = this.clock.now()
    const { known } = this
    if (known !== undefined && now < known.until && (wanted === undefined || wanted in known.keys))
      return known.keys
    const keys = parseSigningKeys(await this.read())
    this.known = { keys, until: now + rememberedMs }
    return keys
  }
}

/** Opens the secrets of webhooks, derived from the signing keys that the function may read. */
export function openWebhookSecrets(clock: Clock): WebhookSecrets {
  return new WebhookSecrets(secretReader(readSigningKeys()), clock)
}
