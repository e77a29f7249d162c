import { createReadStream, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3'
import { CannotStart } from './data-folder/cannot-start.ts'

/** One line of an archived object; `object` names it for the person who asked. */
export interface ArchiveLine {
  readonly object: string
  readonly line: string
}

/**
 * The lines of all objects of an archive, in no order: of a folder, or of `s3://bucket/folder` by the SDK's own settings.
 * Throws `CannotStart` where there is no such folder.
 */
export async function* archiveLines(where: string, client = new S3Client()): AsyncGenerator<ArchiveLine> {
  const objects = where.startsWith('s3://') ? objectsInBucket(client, where) : objectsInFolder(where)
  for await (const { object, content } of objects)
    for await (const line of createInterface({ input: unzipped(content) }))
      if (line !== '') yield { object, line }
}

/** Fails when its content does: a plain pipe would wait for ever for the rest of what breaks off. */
function unzipped(content: Readable): Readable {
  const text = createGunzip()
  pipeline(content, text, () => {})
  return text
}

interface ArchiveObject {
  readonly object: string
  readonly content: Readable
}

async function* objectsInFolder(folder: string): AsyncGenerator<ArchiveObject> {
  if (!existsSync(folder)) throw new CannotStart(`There is no folder ${folder}.`)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isObject).toSorted()
  for (const object of files) yield { object, content: createReadStream(join(folder, object)) }
}

async function* objectsInBucket(client: S3Client, where: string): AsyncGenerator<ArchiveObject> {
  const { hostname: Bucket, pathname } = new URL(where)
  const Prefix = pathname.replace(/^\//, '').replace(/\/?$/, '/')
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
    for (const { Key = '' } of Contents.filter(({ Key }) => isObject(Key ?? ''))) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }))
      if (!(Body instanceof Readable)) throw new Error(`${Key} has no content`)
      yield { object: Key, content: Body }
    }
  }
}

const isObject = (name: string): boolean => name.endsWith('.ndjson.gz')
