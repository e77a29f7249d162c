import { createInterface } from 'node:readline'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { S3Client } from '@aws-sdk/client-s3'
import { archiveObjects } from './archive-objects.ts'

/** One line of an archived object; `object` names it for the person who asked. */
export interface ArchiveLine {
  readonly object: string
  readonly line: string
}

/**
 * Reads the lines of all objects of an archive, in no order: of a folder, or of `s3://bucket/folder` by the SDK's own
 * settings. Throws `CannotStart` where there is no such folder.
 */
export async function* archiveLines(where: string, client?: S3Client): AsyncGenerator<ArchiveLine> {
  for await (const { object, content } of archiveObjects(where, client))
    for await (const line of createInterface({ input: unzipped(content) }))
      if (line !== '') yield { object, line }
}

/** Fails when its content does: a plain pipe would wait permanently for the rest of what breaks off. */
function unzipped(content: Readable): Readable {
  const text = createGunzip()
  pipeline(content, text, () => {})
  return text
}
