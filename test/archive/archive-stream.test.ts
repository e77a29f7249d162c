import { FirehoseClient } from '@aws-sdk/client-firehose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openArchiveStream } from '../../lambdas/archive/archive-stream.ts'
import { packLines, recordBytesMax } from '../../lambdas/archive/pack.ts'
import { fromLine, toLine } from '../../lambdas/store/entry-line.ts'
import { Closer } from '../../local/services/closer.ts'
import { openServices, type Services } from '../../local/services/services.ts'
import { eventfulWorld } from '../support/stored-world.ts'

const closer = new Closer()
let services: Services
beforeAll(async () => {
  services = await openServices(closer)
})
afterAll(() => closer.close())

interface Batch {
  readonly Records: readonly { readonly Data: string }[]
}

/** A stream that refuses, in each call, the records whose text is in `refuses`. */
function open(refuses: (text: string, call: number) => boolean) {
  const taken: string[] = []
  let calls = 0
  services.serve({
    'Firehose_20150804.PutRecordBatch': async (input) => {
      calls += 1
      const RequestResponses = (input as Batch).Records.map(({ Data }) => {
        const text = Buffer.from(Data, 'base64').toString('utf8')
        if (refuses(text, calls))
          return { ErrorCode: 'ServiceUnavailableException', ErrorMessage: 'slow down' }
        taken.push(text)
        return { RecordId: `${calls}` }
      })
      return { FailedPutCount: 0, RequestResponses }
    },
  })
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const client = new FirehoseClient({ endpoint: services.url, region: 'us-east-1', credentials })
  return { stream: openArchiveStream('Stream', client), taken, callsMade: () => calls }
}
const records = (...texts: string[]) => texts.map((text) => Buffer.from(text))

test('only refused records are sent again', async () => {
  const { stream, taken } = open((text, call) => text === 'b' && call < 3)
  await stream.put(records('a', 'b', 'c'))
  expect(taken).toEqual(['a', 'c', 'b'])
})

test('a record that is always refused is an error, after a bounded number of calls', async () => {
  const { stream, callsMade } = open((text) => text === 'b')
  await expect(stream.put(records('a', 'b'))).rejects.toThrow('1 records did not get into the archive')
  expect(callsMade()).toBe(5)
})

test('a call stays below the limit of 4 MiB', async () => {
  const { stream, callsMade, taken } = open(() => false)
  const full = 'x'.repeat(recordBytesMax)
  await stream.put(records(full, full, full, full, full))
  expect(callsMade()).toBe(2)
  expect(taken).toHaveLength(5)
  expect(4 * recordBytesMax).toBeLessThan(4 * 1_024 * 1_024)
})

test('lines are packed in order into as few records as possible', () => {
  const packed = packLines(['aaa', 'bbb', 'ccccccc', 'd', 'é'], 8)
  expect(packed.map((record) => record.toString('utf8'))).toEqual(['aaa\nbbb\n', 'ccccccc\n', 'd\né\n'])
  expect(packLines([])).toEqual([])
  expect(() => packLines(['too long'], 8)).toThrow('does not fit')
})

test('a line is exactly the entry, and always the same text', () => {
  for (const entry of eventfulWorld().entries) {
    expect(fromLine(toLine(entry))).toEqual(entry)
    const turned = Object.fromEntries(Object.entries(entry).toReversed())
    expect(toLine(turned as unknown as typeof entry)).toBe(toLine(entry))
    expect(toLine(entry)).not.toContain('\n')
  }
})

test.each(['null', '[]', '{"teamId":"acme"}', '{"teamId":"acme","kind":"void","version":1.5,"at":1}', '{'])(
  '%s is not an entry',
  (line) => expect(() => fromLine(line)).toThrow(),
)
