import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { parseSigningKeys } from '../lambdas/store/signing-keys.ts'
import { CannotDo, type Operating } from './operating.ts'

/**
 * Finds the numbers of the signing keys in the secret with the given ARN, or in the data folder of this
 * machine. Throws `CannotDo` when no secret is named or stored.
 */
export async function findKeyNumbers(
  { dataDir }: Operating,
  arn: string | undefined,
): Promise<readonly string[]> {
  return Object.keys(parseSigningKeys(dataDir === undefined ? await readSecret(arn) : readKept(dataDir)))
}

async function readSecret(arn: string | undefined): Promise<string> {
  if (arn === undefined) throw new CannotDo('Name the secret with the signing keys: --keys <arn>.')
  const { SecretString } = await new SecretsManagerClient().send(new GetSecretValueCommand({ SecretId: arn }))
  if (SecretString === undefined) throw new CannotDo(`The secret ${arn} has no text.`)
  return SecretString
}

/** There is one secret. Its file exists after a function has first read it. */
function readKept(dataDir: string): string {
  const folder = join(dataDir, 'secrets')
  const [file] = existsSync(folder) ? readdirSync(folder) : []
  if (file === undefined)
    throw new CannotDo(`There are no signing keys in ${folder}: no webhook was made yet.`)
  return readFileSync(join(folder, file), 'utf8')
}
