import { expect, test } from 'vitest'
import { dayMs, minuteMs } from '../../core/time/time.ts'
import { WebhookSecrets } from '../../lambdas/delivery/webhook-secrets.ts'
import { secretReader } from '../../lambdas/runtime/secret-value.ts'
import { nextSecret } from '../../lambdas/store/notifications.ts'
import { makeSecrets } from '../../local/services/secrets.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const start = Date.parse('2026-01-20T10:00:00Z')

/** Secrets from keys that may be changed, with a count of how often they were read. */
function secretsFrom(keys: Record<string, string>) {
  const state = { keys, reads: 0, at: start }
  const read = async () => {
    state.reads += 1
    return JSON.stringify(state.keys)
  }
  return { state, secrets: new WebhookSecrets(read, { now: () => state.at }) }
}
const oneKey = { 1: 'k'.repeat(64) }
const first = { key: '1', number: 1 }

test('a secret is the HMAC of team, webhook and number under the key that it names', async () => {
  const { secrets } = secretsFrom({ ...oneKey, 2: 'j'.repeat(64) })
  // Made by `openssl dgst -sha256 -hmac`.
  expect(await secrets.secretOf('acme', 'wh-1', first)).toBe(
    'whsec_GtyFFr05sbYf+C6FaN79HxkI7yljUOpdk6swj9QdgtA=',
  )
  const others = [
    await secrets.secretOf('acme', 'wh-1', { key: '1', number: 2 }),
    await secrets.secretOf('acme', 'wh-2', first),
    await secrets.secretOf('other', 'wh-1', first),
    await secrets.secretOf('acme', 'wh-1', { key: '2', number: 1 }),
  ]
  expect(others[0]).toBe('whsec_0QwQVa6rQTjYt6cXfRKAi/9EnGg/0Ileu02MVnoGxBk=')
  expect(new Set([...others, await secrets.secretOf('acme', 'wh-1', first)]).size).toBe(5)
})

test('the secret after one has the next number, under the newest key', async () => {
  const { secrets } = secretsFrom({ ...oneKey, 10: 'j'.repeat(64), 9: 'i'.repeat(64) })
  const newest = await secrets.newestKey()
  expect(newest).toBe('10')
  expect(nextSecret(newest)).toEqual({ key: '10', number: 1 })
  expect(nextSecret(newest, { key: '1', number: 4 })).toEqual({ key: '10', number: 5 })
})

test('a secret that is a text is itself, until it is replaced by a derived one', async () => {
  const { secrets } = secretsFrom(oneKey)
  expect(await secrets.secretOf('acme', 'wh-1', 'whsec_b2xk')).toBe('whsec_b2xk')
  expect(nextSecret('1', 'whsec_b2xk')).toEqual(first)
})

test('while a secret is replaced both are good, the newer first, and then one', async () => {
  const { secrets } = secretsFrom(oneKey)
  const webhook = { webhookId: 'wh-1', url: '', secret: { key: '1', number: 2 } }
  const previous = { secret: first, until: start + dayMs }
  const [older, newer] = [
    await secrets.secretOf('acme', 'wh-1', first),
    await secrets.secretOf('acme', 'wh-1', webhook.secret),
  ]
  expect(await secrets.goodAt(start + dayMs - 1, 'acme', { ...webhook, previous })).toEqual([newer, older])
  expect(await secrets.goodAt(start + dayMs, 'acme', { ...webhook, previous })).toEqual([newer])
})

test('keys are read once, and again after ten minutes or for a key that was added since', async () => {
  const { secrets, state } = secretsFrom(oneKey)
  for (let times = 0; times < 3; times++) await secrets.secretOf('acme', 'wh-1', first)
  expect(state.reads).toBe(1)
  state.keys = { ...oneKey, 2: 'j'.repeat(64) }
  await secrets.secretOf('acme', 'wh-1', { key: '2', number: 2 })
  expect(state.reads).toBe(2)
  state.at += 10 * minuteMs
  expect(await secrets.newestKey()).toBe('2')
  expect(state.reads).toBe(3)
})

test('a read that failed is not remembered', async () => {
  const { secrets, state } = secretsFrom({})
  await expect(secrets.newestKey()).rejects.toThrow()
  state.keys = oneKey
  expect(await secrets.newestKey()).toBe('1')
})

test.each([['{}'], ['{"1":"short"}'], ['{"one":"' + 'k'.repeat(64) + '"}'], ['no json']])(
  'keys %s are no keys, and the message does not show them',
  async (text) => {
    const secrets = new WebhookSecrets(async () => text, { now: () => start })
    const error = await secrets.newestKey().then(String, String)
    expect(error).not.toContain('k'.repeat(10))
    expect(error).not.toBe('1')
  },
)

test('a key that is gone signs nothing', async () => {
  const { secrets } = secretsFrom(oneKey)
  await expect(secrets.secretOf('acme', 'wh-1', { key: '7', number: 1 })).rejects.toThrow('signing key 7')
})

const properties = {
  GenerateSecretString: {
    SecretStringTemplate: '{}',
    GenerateStringKey: '1',
    PasswordLength: 64,
    ExcludePunctuation: true,
  },
} as const

test('on one machine a secret is made once, as the template says, and another secret is not known', async () => {
  const folder = temporaryFolder()
  const ask = (id: string) =>
    makeSecrets([{ id: 'Keys', properties }], folder)['secretsmanager.GetSecretValue']?.({ SecretId: id })
  const made = (await ask('Keys')) as { SecretString: string }
  expect(Object.keys(JSON.parse(made.SecretString))).toEqual(['1'])
  expect(JSON.parse(made.SecretString)[1]).toHaveLength(64)
  expect(await ask('Keys')).toEqual(made)
  await expect(ask('Other')).rejects.toThrow('no secret Other')
})

test('a refusal of Secrets Manager is thrown', async () => {
  const client = { send: async () => Promise.reject(new Error('AccessDenied')) }
  await expect(secretReader('arn', client as never)()).rejects.toThrow('AccessDenied')
})
