import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose'
import { pause } from '../runtime/pause.ts'

/** A call takes 4 MiB. */
const recordsPerCall = 4
const triesMax = 5
const pauseMs = 100

export interface ArchiveStream {
  /** Resolves when all records were accepted. Throws if some were not after a bounded number of tries; others then may be. */
  put(records: readonly Buffer[]): Promise<void>
}

/** The Firehose stream of a name. The SDK finds endpoint, Region and credentials. */
export function openArchiveStream(
  name: string,
  client = new FirehoseClient({ maxAttempts: 3 }),
): ArchiveStream {
  return {
    put: async (records) => {
      for (let start = 0; start < records.length; start += recordsPerCall)
        await putAll(client, name, records.slice(start, start + recordsPerCall))
    },
  }
}

async function putAll(client: FirehoseClient, name: string, all: readonly Buffer[]): Promise<void> {
  let records = all
  for (let round = 0; records.length > 0; round++) {
    if (round === triesMax) throw new Error(`${records.length} records did not get into the archive`)
    if (round > 0) await pause(pauseMs * 2 ** round)
    const { RequestResponses = [] } = await client.send(
      new PutRecordBatchCommand({ DeliveryStreamName: name, Records: records.map((Data) => ({ Data })) }),
    )
    records = records.filter((_, index) => RequestResponses[index]?.RecordId === undefined)
  }
}
