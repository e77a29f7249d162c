import { createInterface } from 'node:readline'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { S3Client } from '@aws-sdk/client-s3'
import { archiveObjects } from './archive-objects.ts'

/** One line of an archived object; messages identify the object by `object`. */
export interface ArchiveLine {
  readonly object: string
  readonly line: string
}

/**
 * Reads the lines of all objects of an archive, in no particular order. The archive is a folder, or
 * `s3://bucket/folder` read with the SDK's own settings. Throws `CannotStart` when the folder does not exist.
 */
export async function* archiveLines(where: string, client?: S3Client): AsyncGenerator<ArchiveLine> {
  for await (const { object, content } of archiveObjects(where, client))
    for await (const line of createInterface({ input: unzipped(content) }))
      if (line !== '') yield { object, line }
}

/** Fails when the content fails. A plain pipe would wait permanently for the rest of a truncated object. */
function unzipped(content: Readable): Readable {
  const text = createGunzip()
  pipeline(content, text, () => {})
  return text
}
