import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { clientOptions, type Emulator } from './emulator.ts'

/** Copies an archive (`s3://bucket/folder`) to a folder of this machine. The emulator's Firehose does not compress: this does. */
export async function copyArchive(emulator: Emulator, where: string): Promise<string> {
  const client = new S3Client({ ...clientOptions(emulator), forcePathStyle: true })
  const { hostname: Bucket, pathname } = new URL(where)
  const folder = temporaryFolder()
  let copied = 0
  for await (const { Contents = [] } of paginateListObjectsV2(
    { client },
    { Bucket, Prefix: `${pathname.slice(1)}/` },
  ))
    for (const { Key } of Contents) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }))
      const content = await Body?.transformToByteArray()
      copied += 1
      writeFileSync(join(folder, `${copied}.ndjson.gz`), gzipSync(content ?? ''))
    }
  return folder
}
