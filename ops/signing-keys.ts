import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { keyNumbers, readKeyNumbers } from '../lambdas/delivery/webhook-secrets.ts'
import { CannotDo, type Operating } from './operating.ts'

/**
 * Numbers of the signing keys that there are: in the secret of that ARN, or in the data folder of this machine.
 * Throws `CannotDo` where no secret is named or there.
 */
export async function findKeyNumbers(
  { dataDir }: Operating,
  arn: string | undefined,
): Promise<readonly string[]> {
  if (dataDir !== undefined) return keyNumbers(readKept(dataDir))
  if (arn === undefined) throw new CannotDo('Name the secret with the signing keys: --keys <arn>.')
  return readKeyNumbers(arn)
}

/** There is one secret; its file is there once a function has asked for it. */
function readKept(dataDir: string): string {
  const folder = join(dataDir, 'secrets')
  const [file] = existsSync(folder) ? readdirSync(folder) : []
  if (file === undefined)
    throw new CannotDo(`There are no signing keys in ${folder}: no webhook was made yet.`)
  return readFileSync(join(folder, file), 'utf8')
}
