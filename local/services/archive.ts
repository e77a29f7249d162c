import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import * as v from 'valibot'
import type { DeliveryStream } from '../wiring.ts'
import { type ServiceCall, ServiceFault } from './services.ts'

const PutRecordBatch = v.object({
  DeliveryStreamName: v.string(),
  Records: v.pipe(
    v.array(v.object({ Data: v.pipe(v.string(), v.base64()) })),
    v.minLength(1),
    v.maxLength(500),
  ),
})

/** The folder in the data folder that replaces the archive's bucket. */
export const archiveFolderOf = (dataDir: string): string => join(dataDir, 'archive')

export interface ArchiveParts {
  readonly streams: readonly DeliveryStream[]
  readonly dataDir: string
  readonly now: () => number
}

/** Firehose's `PutRecordBatch`. The records of a call become one file, under the day of the clock. */
export function makeArchive({ streams, dataDir, now }: ArchiveParts): Readonly<Record<string, ServiceCall>> {
  let count = 0
  return {
    'Firehose_20150804.PutRecordBatch': async (input) => {
      const { DeliveryStreamName, Records } = v.parse(PutRecordBatch, input)
      const stream = streams.find(({ id }) => id === DeliveryStreamName)
      if (stream === undefined)
        throw new ServiceFault('ResourceNotFoundException', `there is no stream ${DeliveryStreamName}`)
      const at = new Date(now()).toISOString()
      const folder = join(
        archiveFolderOf(dataDir),
        stream.prefix.replace('!{timestamp:yyyy-MM-dd}', at.slice(0, 10)),
      )
      count += 1
      const name = `${at.replaceAll(/[:.]/g, '-')}-${process.pid}-${count}${stream.extension}`
      mkdirSync(folder, { recursive: true })
      // A kill during the write leaves no partial file among the others.
      const draft = join(folder, `.${name}.draft`)
      writeFileSync(draft, gzipSync(Buffer.concat(Records.map(({ Data }) => Buffer.from(Data, 'base64')))))
      renameSync(draft, join(folder, name))
      return {
        FailedPutCount: 0,
        Encrypted: false,
        RequestResponses: Records.map((_, index) => ({ RecordId: `${name}-${index}` })),
      }
    },
  }
}
