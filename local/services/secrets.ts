import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { readJson, writeJson } from '../../audit/data-folder/json-file.ts'
import type { Secret } from '../wiring.ts'
import { type ServiceCall, ServiceFault } from './services.ts'

const GetSecretValue = v.object({ SecretId: v.string() })
const Value = v.record(v.string(), v.unknown())

/**
 * Secrets Manager's `GetSecretValue`. Each secret of the template is a file in `secrets` in the data folder
 * that only its owner may read. The first request creates the secret, as the template defines it.
 */
export function makeSecrets(
  secrets: readonly Secret[],
  dataDir: string,
): Readonly<Record<string, ServiceCall>> {
  const folder = join(dataDir, 'secrets')
  return {
    'secretsmanager.GetSecretValue': async (input) => {
      const { SecretId } = v.parse(GetSecretValue, input)
      const secret = secrets.find(({ id }) => id === SecretId)
      if (secret === undefined) throw new ServiceFault('ResourceNotFoundException', `no secret ${SecretId}`)
      mkdirSync(folder, { recursive: true })
      const file = join(folder, `${secret.id}.json`)
      if (readJson(file) === undefined) writeJson(file, generate(secret))
      return { ARN: SecretId, SecretString: JSON.stringify(v.parse(Value, readJson(file))) }
    },
  }
}

function generate({ properties }: Secret): object {
  const { SecretStringTemplate, GenerateStringKey, PasswordLength } = properties.GenerateSecretString
  const password = randomBytes(PasswordLength).toString('base64url').slice(0, PasswordLength)
  return { ...v.parse(Value, JSON.parse(SecretStringTemplate)), [GenerateStringKey]: password }
}
