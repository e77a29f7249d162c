import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { assert } from '../../core/assert.ts'

/** Reads the current text of a secret. Rejects if it may not or cannot be read; the text is in no message. */
export function secretReader(
  arn: string,
  client = new SecretsManagerClient({ maxAttempts: 3 }),
): () => Promise<string> {
  return async () => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }))
    assert(SecretString !== undefined, 'the secret is text')
    return SecretString
  }
}
