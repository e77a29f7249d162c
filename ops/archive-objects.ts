import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3'

/** An object that `change` changes, and in how many lines. */
export interface ChangedObject {
  readonly object: string
  readonly changed: number
}

/**
 * Puts every line of an archive through `change`, object by object, and replaces the objects that it changes where `isApplied`;
 * others are not touched. `where` is a folder, or `s3://bucket/folder` by the SDK's own settings.
 */
export async function* changeObjects(
  where: string,
  change: (line: string) => string,
  isApplied: boolean,
  client = new S3Client(),
): AsyncGenerator<ChangedObject> {
  const objects = where.startsWith('s3://') ? inBucket(client, where) : inFolder(where)
  for await (const { object, content, replace } of objects) {
    const before = gunzipSync(content).toString('utf8').split('\n')
    const after = before.map((line) => (line === '' ? line : change(line)))
    const changed = after.filter((line, index) => line !== before[index]).length
    if (changed === 0) continue
    if (isApplied) await replace(gzipSync(after.join('\n')))
    yield { object, changed }
  }
}

interface ReplaceableObject {
  readonly object: string
  readonly content: Uint8Array
  readonly replace: (content: Buffer) => Promise<void>
}

const isObject = (name: string): boolean => name.endsWith('.ndjson.gz')

async function* inFolder(folder: string): AsyncGenerator<ReplaceableObject> {
  for (const object of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isObject)) {
    const file = join(folder, object)
    const replace = async (content: Buffer) => {
      writeFileSync(`${file}.draft`, content)
      renameSync(`${file}.draft`, file)
    }
    yield { object, content: readFileSync(file), replace }
  }
}

async function* inBucket(client: S3Client, where: string): AsyncGenerator<ReplaceableObject> {
  const { hostname: Bucket, pathname } = new URL(where)
  const Prefix = pathname.replace(/^\//, '').replace(/\/?$/, '/')
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
    for (const { Key = '' } of Contents.filter(({ Key }) => isObject(Key ?? ''))) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }))
      if (Body === undefined) throw new Error(`${Key} has no content`)
      const replace = async (content: Buffer) =>
        void (await client.send(new PutObjectCommand({ Bucket, Key, Body: content })))
      yield { object: Key, content: await Body.transformToByteArray(), replace }
    }
  }
}
