import { createReadStream, existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3'
import { CannotStart } from './data-folder/cannot-start.ts'

/** One archived object: compressed lines of JSON. */
export interface ArchiveObject {
  /** The object's name in messages. */
  readonly object: string
  readonly content: Readable
  readonly replace: (content: Buffer) => Promise<void>
}

/**
 * Lists the objects of an archive, in order. The archive is a folder, or `s3://bucket/folder` read with the
 * SDK's own settings. Throws `CannotStart` when the folder does not exist.
 */
export function archiveObjects(where: string, client = new S3Client()): AsyncGenerator<ArchiveObject> {
  return where.startsWith('s3://') ? inBucket(client, where) : inFolder(where)
}

async function* inFolder(folder: string): AsyncGenerator<ArchiveObject> {
  if (!existsSync(folder)) throw new CannotStart(`There is no folder ${folder}.`)
  const objects = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isObject).toSorted()
  for (const object of objects) {
    const file = join(folder, object)
    const replace = async (content: Buffer) => {
      writeFileSync(`${file}.draft`, content)
      renameSync(`${file}.draft`, file)
    }
    yield { object, content: createReadStream(file), replace }
  }
}

async function* inBucket(client: S3Client, where: string): AsyncGenerator<ArchiveObject> {
  const { hostname: Bucket, pathname } = new URL(where)
  const Prefix = pathname.replace(/^\//, '').replace(/\/?$/, '/')
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
    for (const { Key = '' } of Contents.filter(({ Key }) => isObject(Key ?? ''))) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }))
      if (!(Body instanceof Readable)) throw new Error(`${Key} has no content`)
      const replace = async (content: Buffer) =>
        void (await client.send(new PutObjectCommand({ Bucket, Key, Body: content })))
      yield { object: Key, content: Body, replace }
    }
  }
}

const isObject = (name: string): boolean => name.endsWith('.ndjson.gz')
