import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compileFilter } from '../../local/engine/record-filter.ts'
import { Bus } from '../../local/services/bus.ts'
import { makeOutbox } from '../../local/services/outbox.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const at = Date.parse('2026-02-01T10:00:00Z')
const rule = (id: string, pattern: object) => {
  return {
    id,
    busName: 'Bus',
    functionIds: [`${id}Function`],
    accepts: compileFilter([JSON.stringify(pattern)]),
  }
}

function open(invoke: (functionId: string, event: unknown) => Promise<unknown> = async () => undefined) {
  const dataDir = temporaryFolder()
  const calls: string[] = []
  const dead: unknown[] = []
  const bus = new Bus({
    rules: [
      rule('Sold', { source: ['shop'], 'detail-type': ['Sold'] }),
      rule('Red', { detail: { colour: ['red'] } }),
    ],
    dataDir,
    now: () => at,
    invoke: (functionId, event) => {
      calls.push(functionId)
      return invoke(functionId, event)
    },
    deadLetters: (from, _, content) => void dead.push({ from, content }),
  })
  return { bus, calls, dead, dataDir }
}
const entry = (DetailType: string, detail: object, EventBusName = 'Bus') => ({
  EventBusName,
  Source: 'shop',
  DetailType,
  Detail: JSON.stringify(detail),
  Time: at / 1_000,
})

test('an event reaches the functions of every matching rule, and no other', async () => {
  const { bus, calls } = open()
  const put = await bus.putEvents({
    Entries: [
      entry('Sold', { colour: 'red' }),
      entry('Sold', { colour: 'blue' }),
      entry('Lost', { colour: 'green' }),
      entry('Sold', { colour: 'red' }, 'OtherBus'),
    ],
  })
  expect(calls.sort()).toEqual(['RedFunction', 'SoldFunction', 'SoldFunction'])
  expect(put).toMatchObject({ FailedEntryCount: 0, Entries: [{}, {}, {}, {}] })
})

test("a function receives the event in EventBridge's form, and every event is stored", async () => {
  const seen: unknown[] = []
  const { bus, dataDir } = open(async (_, event) => void seen.push(event))
  await bus.putEvents({ Entries: [entry('Sold', { colour: 'blue' })] })
  const event = {
    version: '0',
    source: 'shop',
    'detail-type': 'Sold',
    time: '2026-02-01T10:00:00Z',
    detail: { colour: 'blue' },
  }
  expect(seen).toEqual([expect.objectContaining(event)])
  expect(JSON.parse(readFileSync(join(dataDir, 'events.ndjson'), 'utf8'))).toMatchObject(event)
})

test('a failed call is repeated, and an event that fails every time becomes a dead letter', async () => {
  const { bus, calls, dead } = open(async () => {
    throw new Error('no')
  })
  await bus.putEvents({ Entries: [entry('Sold', {})] })
  expect(calls).toHaveLength(3)
  expect(dead).toMatchObject([{ from: 'Sold', content: { 'detail-type': 'Sold' } }])
})

test.each([{}, { Entries: [{}] }, { Entries: [{ ...entry('Sold', {}), Detail: 'no json' }] }])(
  '%j is not a call of the bus',
  async (input) => {
    await expect(open().bus.putEvents(input)).rejects.toThrow()
  },
)

test('a mail in any language becomes a file that a mail program opens', async () => {
  const dataDir = temporaryFolder()
  const send = makeOutbox(dataDir, () => at)['POST /v2/email/outbound-emails']
  const sent = (await send?.({
    FromEmailAddress: 'from@example.com',
    Destination: { ToAddresses: ['a@example.com', 'b@example.com'] },
    Content: { Simple: { Subject: { Data: '請求書' }, Body: { Text: { Data: '本文'.repeat(50) } } } },
  })) as { MessageId: string }
  const [head = '', body = ''] = readFileSync(join(dataDir, 'outbox', `${sent.MessageId}.eml`), 'utf8').split(
    '\r\n\r\n',
  )
  expect(head).toContain('To: a@example.com, b@example.com')
  expect(head).toContain(`Subject: =?UTF-8?B?${Buffer.from('請求書').toString('base64')}?=`)
  expect(Buffer.from(body, 'base64').toString()).toBe('本文'.repeat(50))
  for (const line of body.split('\r\n')) expect(line.length).toBeLessThanOrEqual(76)
})
