import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RedriveAnswer } from '../../contract/redrive-dead-letters.ts'
import type { DeadLetterTools } from '../../lambdas/dead-letters/tools.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { arnOf } from '../../local/assembly.ts'
import { Closer } from '../../local/services/closer.ts'
import { DeadLetterFile } from '../../local/services/dead-letters.ts'
import { makeInvocations } from '../../local/services/invocations.ts'
import { makeQueues } from '../../local/services/queues.ts'
import { openServices } from '../../local/services/services.ts'
import { event, type Sent } from '../support/ask.ts'
import { expectDocumented } from '../support/documented.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/* The calls on dead letters, with the SDK's own clients, on the services that stand in for SQS and Lambda on one machine. */

const failureSources = [
  { id: 'Rule', queueId: 'NotificationsQueue', functionId: 'DeliverEvent', isStream: false },
  { id: 'Mapping', queueId: 'FactsQueue', functionId: 'PublishEvents', isStream: true },
]
const urls = new Map([
  ['Events-Notifications', 'NotificationsQueue'],
  ['Events-Facts', 'FactsQueue'],
])
const noTable = {
  tableName: 'none',
  send: async () => ({ Items: [] }),
} as unknown as Table
const closer = new Closer()
let dataDir = ''
let calls: { functionId: string; payload: unknown }[] = []
let fail: (() => void) | undefined
let tools: DeadLetterTools

beforeAll(async () => {
  const services = await openServices(closer)
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SQS: services.url,
    AWS_ENDPOINT_URL_LAMBDA: services.url,
  })
  const invoke = async (functionId: string, payload: unknown) => {
    calls.push({ functionId, payload })
    fail?.()
  }
  services.serve(makeInvocations(['DeliverEvent', 'PublishEvents'], invoke))
  // Each test has a data folder.
  const file = { letters: () => fileNow().letters(), remove: (id: string) => fileNow().remove(id) }
  services.serve(makeQueues({ failureSources, file: file as DeadLetterFile }))
  const { openDeadLetterTools } = await import('../../lambdas/dead-letters/tools.ts')
  tools = openDeadLetterTools(noTable, urls)
  const { logger } = await import('../../lambdas/runtime/log.ts')
  logger.setLogLevel('SILENT')
})
afterAll(() => closer.close())
beforeEach(() => {
  dataDir = temporaryFolder()
  calls = []
  fail = undefined
})

const fileNow = () => new DeadLetterFile(dataDir, () => Date.parse('2026-02-20T10:00:00Z'))
const detail = { teamId: 'acme', reason: 'a secret of somebody@example.com' }
const busEvent = (id: string) => ({ id, 'detail-type': 'TeamSuspended', source: 'tollgate', detail })
const keep = (from: string, cause: string, content: unknown) =>
  fileNow().keeper(() => {})(from, cause, content)

async function call(operationId: 'listDeadLetters' | 'redriveDeadLetters', sent: Sent = {}) {
  const { listDeadLetters } = await import('../../lambdas/api/list-dead-letters.ts')
  const { redriveDeadLetters } = await import('../../lambdas/api/redrive-dead-letters.ts')
  const make = { listDeadLetters, redriveDeadLetters }[operationId]
  const response = await make({ deadLetters: tools })(event(operationId, sent))
  expectDocumented(operationId, response)
  return { status: response.statusCode, body: JSON.parse(response.body) }
}

async function redrive(queue: string, preview = false): Promise<RedriveAnswer> {
  const { body } = await call('redriveDeadLetters', {
    query: { preview: String(preview) },
    body: { queue, reason: 'The receiver works again' },
  })
  return body
}
const messagesIn = async () => (await call('listDeadLetters')).body

describe('dead letters', () => {
  test('are counted by queue, also where there are none', async () => {
    keep('Rule', 'Error: no', busEvent('1'))
    keep('Rule', 'Error: no', busEvent('2'))
    expect(await messagesIn()).toEqual({
      queues: [
        { queue: 'Events-Notifications', messages: 2 },
        { queue: 'Events-Facts', messages: 0 },
      ],
      messages: 2,
    })
  })

  test('are shown with their ids, the work and the failure, and without their content', async () => {
    keep('Rule', 'Error: mail to somebody@example.com failed at https://hooks.example.com/?key=1\n stack', {
      ...busEvent('1'),
    })
    const preview = await redrive('Events-Notifications', true)
    expect(preview).toEqual({
      queue: 'Events-Notifications',
      status: 'preview',
      letters: [
        {
          letterId: expect.stringMatching(/^[0-9a-f]{32}$/),
          sentAt: '2026-02-20T10:00:00Z',
          work: 'call',
          functionName: 'DeliverEvent',
          eventType: 'TeamSuspended',
          teamId: 'acme',
          cause: 'Error: mail to … failed at …',
          result: 'found',
        },
      ],
      done: 0,
      failed: 0,
      left: 1,
      isMore: false,
    })
    expect(calls).toEqual([])
    expect(await messagesIn()).toMatchObject({ messages: 1 })
  })

  test('leave the queue when their work succeeds, which has the original input', async () => {
    keep('Rule', 'Error: no', busEvent('1'))
    const { done, left, letters } = await redrive('Events-Notifications')
    expect([done, left, letters[0]?.result]).toEqual([1, 0, 'done'])
    expect(calls).toEqual([{ functionId: 'DeliverEvent', payload: busEvent('1') }])
    expect(await messagesIn()).toMatchObject({ messages: 0 })
  })

  test('remain when their work fails again, and can be tried at once', async () => {
    keep('Rule', 'Error: no', busEvent('1'))
    fail = () => {
      throw new Error('still broken')
    }
    const again = await redrive('Events-Notifications')
    expect(again).toMatchObject({ done: 0, failed: 1, left: 1, letters: [{ result: 'failed' }] })
    expect(again.letters[0]?.cause).toContain('still broken')
    fail = undefined
    expect(await redrive('Events-Notifications')).toMatchObject({ done: 1, left: 0 })
  })

  test('letters of another queue are not touched', async () => {
    keep('Rule', 'Error: no', busEvent('1'))
    expect(await redrive('Events-Facts')).toMatchObject({ letters: [], done: 0 })
    expect(calls).toEqual([])
  })

  test('are read 50 at a time, and the answer says that there may be more', async () => {
    for (let number = 0; number < 51; number++) keep('Rule', 'Error: no', busEvent(String(number)))
    expect(await redrive('Events-Notifications')).toMatchObject({ done: 50, isMore: true })
    expect(await redrive('Events-Notifications')).toMatchObject({ done: 1, isMore: false })
  })

  test('letters of the stream ask to follow the teams that are behind, and are done when there are none', async () => {
    keep('Mapping', 'Error: no', [{ dynamodb: {} }])
    expect(await redrive('Events-Facts', true)).toMatchObject({
      letters: [{ work: 'follow', functionName: 'PublishEvents' }],
    })
    expect(await redrive('Events-Facts')).toMatchObject({ done: 1 })
    expect(calls).toEqual([])
  })

  test('stored by an earlier version, without their instant, can be redriven', async () => {
    const line = { from: 'Rule', cause: 'Error: no', content: busEvent('1') }
    appendFileSync(join(dataDir, 'dead-letters.ndjson'), `${JSON.stringify(line)}\n`)
    expect(await redrive('Events-Notifications')).toMatchObject({ done: 1 })
  })

  test('a letter whose removal fails is kept: its work is then done once more, and never lost', async () => {
    keep('Rule', 'Error: no', busEvent('1'))
    const queue = tools.queues.get('Events-Notifications')
    if (queue === undefined) throw new Error('there is no queue')
    const remove = queue.remove.bind(queue)
    queue.remove = async () => {
      throw new Error('the answer was lost')
    }
    const { status } = await call('redriveDeadLetters', { body: { queue: 'Events-Notifications' } })
    queue.remove = remove
    expect(status).toBe(500)
    expect([calls.length, fileNow().letters().length]).toEqual([1, 1])
  })
})

test.each([
  ['Events-Unknown', 'must be a queue that GET /v1/dead-letters lists'],
  ['a queue', 'must be a queue that GET /v1/dead-letters lists'],
])('refuses the queue %s, and names the field', async (queue, message) => {
  const { status, body } = await call('redriveDeadLetters', { body: { queue } })
  expect([status, body.errors]).toEqual([400, [{ pointer: '/queue', message }]])
})

test('calls a function by its ARN, without the version that failed', async () => {
  const { redriveOf } = await import('../../lambdas/dead-letters/redrive.ts')
  const requestContext = { functionArn: `${arnOf('Sweep')}:$LATEST` }
  expect(redriveOf({ Body: JSON.stringify({ requestContext, requestPayload: {} }) })).toMatchObject({
    functionArn: arnOf('Sweep'),
  })
})
