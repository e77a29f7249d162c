import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished } from 'vitest'
import type { Received, Sent } from '../../client/environment.ts'
import type { ClientProblem, UsageInput } from '../../client/model.ts'
import { Recorder, type RecorderOptions } from '../../client/record/recorder.ts'
import { openEventLog } from '../../client/spool/event-log.ts'
import { test } from '../support/fixtures.ts'
import { foundAcme, type Party } from '../support/party.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { manualEnvironment } from './manual-environment.ts'

const now = Date.parse('2026-02-20T10:00:00Z')
const use: UsageInput = { appId: 'viewer', meter: 'automation-autocad', quantity: 60 }

/** Sends requests to the real handler. */
function handlerOf(party: Party) {
  return async ({ body = '' }: Sent): Promise<Received> => {
    const answer = await party.call('recordUsage', { body: JSON.parse(body) })
    return { status: answer.status, retryAfter: answer.retryAfter, body: JSON.stringify(answer.body) }
  }
}

type Answer = Parameters<typeof manualEnvironment>[0]

function start(answer: Answer, more: Partial<RecorderOptions> = {}) {
  const environment = manualEnvironment(answer)
  const problems: ClientProblem[] = []
  const onProblem = (problem: ClientProblem) => problems.push(problem)
  const recorder = new Recorder({
    environment,
    serverNow: () => environment.elapsed() - 1_000 + now,
    onProblem,
    ...more,
  })
  const batches = () =>
    environment.sent.map(({ body = '' }): { id: string; time: string }[] => JSON.parse(body))
  return { environment, recorder, problems, batches }
}

function spoolIn(folder = temporaryFolder(), bytesMax = 1_000_000) {
  const log = openEventLog({ folder, bytesMax, sync: false })
  onTestFinished(() => log.release())
  return { log, folder }
}

const recorded = ({ body = '' }: Sent): Received => {
  const events: { id: string }[] = JSON.parse(body)
  if (events.length === 0) return { status: 400, body: '{}' }
  const results = events.map(({ id }) => ({ id, source: 'x', status: 'recorded', charges: [] }))
  return { status: 200, body: JSON.stringify({ results }) }
}

const rows = (results: readonly object[]): Received => ({ status: 200, body: JSON.stringify({ results }) })
const busy = {
  status: 'rejected',
  problem: { code: 'BUSY', title: 'Busy', status: 503, retryAfterSeconds: 2 },
}
const done = { status: 'recorded', charges: [] }

describe('input', () => {
  test.for<[string, object]>([
    ['appId', { appId: '' }],
    ['appId', { appId: 'x'.repeat(65) }],
    ['appId', { appId: '..' }],
    ['meter', { meter: 'a b' }],
    ['meter', { meter: undefined }],
    ['quantity', { quantity: 0 }],
    ['quantity', { quantity: 1.5 }],
    ['quantity', { quantity: 1_000_000_001 }],
    ['quantity', { quantity: '1' }],
    ['at', { at: Number.NaN }],
    ['at', { at: 253_402_300_800_000 }],
    ['id', { id: 'a#b' }],
    ['source', { source: 'a b' }],
  ])('is refused at once with the name of the field %s: %o', async ([field, wrong]) => {
    const { recorder } = start(recorded)
    await expect(recorder.record({ ...use, ...wrong })).rejects.toThrow(new RegExp(`^${field}: `))
    expect(recorder.waiting).toBe(0)
  })

  test('with the largest fields makes a batch that is smaller than the largest body', async () => {
    const { recorder, environment } = start(recorded, { source: 'x'.repeat(256) })
    const long = { ...use, appId: 'x'.repeat(64), meter: 'y'.repeat(64), quantity: 1_000_000_000 }
    const id = (number: number) => String(number).padEnd(128, '\\')
    await Promise.all(
      Array.from({ length: 1_000 }, (_, number) => recorder.record({ ...long, id: id(number) })),
    )
    expect(environment.sent).toHaveLength(1)
    expect(Buffer.byteLength(environment.sent[0]?.body ?? '')).toBeLessThan(1_048_576)
  })
})

describe('the real handler', () => {
  test('records events, and rejects those that it cannot record to their caller', async ({ party }) => {
    await foundAcme(party)
    const { recorder, environment } = start(handlerOf(party))
    const calls = [
      recorder.record(use),
      recorder.record({ ...use, meter: 'unknown' }),
      recorder.record({ ...use, id: 'same', at: now }),
      recorder.record({ ...use, id: 'same', at: now }),
    ]
    const outcomes = Promise.allSettled(calls)
    await environment.advance(1_000)
    expect((await outcomes).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ])
    await expect(calls[1]).rejects.toMatchObject({
      name: 'UsageRejected',
      problem: { code: 'UNKNOWN_METER' },
    })
    expect(recorder.counts).toEqual({ recorded: 2, duplicate: 1, rejected: 1 })
    expect(environment.sent).toHaveLength(1)
  })

  test('gets an event of a lost answer again, which counts once', async ({ party }) => {
    await foundAcme(party)
    const answer = handlerOf(party)
    let isLost = true
    const { log } = spoolIn()
    const { recorder, environment, problems } = start(
      async (sent) => {
        const received = await answer(sent)
        return isLost ? undefined : received
      },
      { log },
    )
    await recorder.record(use)
    expect(await recorder.flush()).toBe(1)
    isLost = false
    expect(problems).toMatchObject([{ what: 'request', status: 0 }])
    expect(await recorder.flush()).toBe(0)
    expect(recorder.counts).toEqual({ recorded: 0, duplicate: 1, rejected: 0 })
    expect(environment.sent[0]).toEqual(environment.sent[1])
  })

  test('makes the spool set rejected events aside', async ({ party }) => {
    await foundAcme(party)
    const { log, folder } = spoolIn()
    const rejections: unknown[] = []
    const onRejected: RecorderOptions['onRejected'] = ({ id }, { code }) => rejections.push([id, code])
    const { recorder, problems } = start(handlerOf(party), { log, onRejected })
    await recorder.record({ ...use, id: 'bad', meter: 'unknown' })
    await recorder.record(use)
    expect(await recorder.flush()).toBe(0)
    await Promise.resolve()
    expect(rejections).toEqual([['bad', 'UNKNOWN_METER']])
    expect(problems).toMatchObject([{ what: 'report', detail: 'bad of viewer: UNKNOWN_METER' }])
    expect(readFileSync(join(folder, 'rejected.jsonl'), 'utf8')).toMatch(
      /^\{"event":.*"bad".*UNKNOWN_METER.*\}\n$/,
    )
    expect(log.size).toBe(0)
  })
})

describe('requests', () => {
  test('wait one second for more events, or until there are 1,000', async () => {
    const { recorder, environment, batches } = start(recorded, { log: spoolIn().log })
    await recorder.record(use)
    await environment.advance(999)
    expect(batches()).toEqual([])
    await environment.advance(1)
    expect(batches()).toMatchObject([{ length: 1 }])
    await Promise.all(Array.from({ length: 2_500 }, () => recorder.record(use)))
    await environment.advance(0)
    expect(batches()).toMatchObject([{ length: 1 }, { length: 1_000 }, { length: 1_000 }])
    await environment.advance(1_000)
    expect(batches()).toMatchObject([{ length: 1 }, { length: 1_000 }, { length: 1_000 }, { length: 500 }])
    expect(new Set(batches().flatMap((batch) => batch.map(({ id }) => id))).size).toBe(2_501)
  })

  test.for([429, 500, 503, 401, 403, 404])(
    'with the status %i are repeated after longer and longer pauses',
    async (status) => {
      const { recorder, environment, batches } = start(() => ({ status, body: '' }), { log: spoolIn().log })
      await recorder.record(use)
      await environment.advance(1_000)
      for (const [index, pause] of [375, 750, 1_500, 3_000, 6_000, 12_000, 22_500, 22_500].entries()) {
        await environment.advance(pause - 1)
        expect(batches()).toHaveLength(index + 1)
        await environment.advance(1)
        expect(batches()).toHaveLength(index + 2)
      }
      expect(recorder.waiting).toBe(1)
    },
  )

  test('wait as long as the server asks', async () => {
    const { recorder, environment, batches } = start(() => ({ status: 503, body: '', retryAfter: '20' }), {
      log: spoolIn().log,
    })
    await recorder.record(use)
    await environment.advance(1_000)
    await environment.advance(19_999)
    expect(batches()).toHaveLength(1)
    await environment.advance(1)
    expect(batches()).toHaveLength(2)
  })

  test.for([
    ['no JSON', '<html>'],
    ['too few results', '{"results":[]}'],
    ['an unknown status', '{"results":[{"status":"perhaps"}]}'],
  ])('are repeated if the answer has %s', async ([, body = '']) => {
    const { recorder } = start(() => ({ status: 200, body }), { log: spoolIn().log })
    await recorder.record(use)
    expect(await recorder.flush()).toBe(1)
  })

  test('repeat events of busy teams later, and let others pass', async () => {
    let answered = 0
    const { recorder, environment, batches } = start(
      (sent) => (++answered === 1 ? rows([busy, done, busy]) : recorded(sent)),
      { log: spoolIn().log },
    )
    for (const id of ['1', '2', '3']) await recorder.record({ ...use, id })
    await environment.advance(1_000)
    await recorder.record({ ...use, id: '4' })
    await environment.advance(1_999)
    expect(batches()).toHaveLength(1)
    await environment.advance(1)
    expect(batches()[1]?.map(({ id }) => id)).toEqual(['1', '3', '4'])
    expect(recorder.waiting).toBe(0)
  })

  test('for busy teams alone do not delay events of other teams', async () => {
    const { recorder, environment, batches } = start(
      (sent) =>
        sent.body?.includes('busy')
          ? { status: 503, body: '{"code":"BUSY","title":"Busy"}' }
          : recorded(sent),
      { log: spoolIn().log },
    )
    for (let number = 0; number < 1_000; number += 1) await recorder.record({ ...use, id: `busy-${number}` })
    for (let number = 0; number < 1_000; number += 1) await recorder.record({ ...use, id: `free-${number}` })
    for (let second = 0; second < 3; second += 1) await environment.advance(1_000)
    expect(recorder.counts.recorded).toBe(1_000)
    expect(recorder.waiting).toBe(1_000)
    expect(batches().at(-1)?.[0]?.id).toBe('busy-0')
  })

  test('that are refused as a whole are sent in halves, until one event is to blame', async () => {
    const { log, folder } = spoolIn()
    const { recorder } = start(
      (sent) =>
        sent.body?.includes('"poison"')
          ? { status: 400, body: '{"code":"BAD","title":"Bad"}' }
          : recorded(sent),
      { log },
    )
    for (let number = 0; number < 100; number += 1)
      await recorder.record({ ...use, id: number === 37 ? 'poison' : `good-${number}` })
    expect(await recorder.flush()).toBe(0)
    expect(recorder.counts).toEqual({ recorded: 99, duplicate: 0, rejected: 1 })
    expect(readFileSync(join(folder, 'rejected.jsonl'), 'utf8')).toContain('"poison"')
  })

  test.for([400, 413])('with one event are repeated if a proxy refuses them with %i', async (status) => {
    const { recorder } = start(() => ({ status, body: '{"message":"Too large"}' }), { log: spoolIn().log })
    await recorder.record(use)
    await recorder.record(use)
    expect(await recorder.flush()).toBe(2)
  })
})

describe('bounds', () => {
  test('refuse the 10,001st event without a spool, and none that waits is lost', async () => {
    let isUp = false
    const { recorder } = start((sent) => (isUp ? recorded(sent) : undefined))
    const calls = Array.from({ length: 10_000 }, () => recorder.record(use))
    await expect(recorder.record(use)).rejects.toMatchObject({ name: 'RecorderFull' })
    isUp = true
    expect(await recorder.flush()).toBeLessThan(10_000)
    expect(await recorder.flush()).toBe(0)
    await Promise.all(calls)
  })

  test('refuse an event that does not fit in the spool', async () => {
    const { log } = spoolIn(undefined, 200)
    const { recorder } = start(recorded, { log })
    await recorder.record(use)
    await expect(recorder.record(use)).rejects.toMatchObject({ name: 'SpoolFull' })
    expect(await recorder.flush()).toBe(0)
    await recorder.record(use)
  })

  test('set a damaged line aside and send the others', async () => {
    const { log, folder } = spoolIn()
    log.append(['{"id":"x', 'null'])
    const { recorder } = start(recorded, { log })
    await recorder.record(use)
    expect(await recorder.flush()).toBe(0)
    expect(recorder.counts.recorded).toBe(1)
    expect(readFileSync(join(folder, 'rejected.jsonl'), 'utf8')).toBe(
      '{"damaged":"{\\"id\\":\\"x"}\n{"damaged":"null"}\n',
    )
  })
})

describe('closing', () => {
  test('sends events that wait, and accepts nothing afterwards', async () => {
    const { recorder, environment } = start(recorded)
    const call = recorder.record(use)
    expect(await recorder.close()).toBe(0)
    await call
    await expect(recorder.record(use)).rejects.toMatchObject({ name: 'RecorderClosed' })
    await environment.advance(60_000)
    expect(environment.sent).toHaveLength(1)
  })

  test('rejects calls without an answer, and leaves stored events to the next process', async () => {
    const { recorder } = start(() => undefined)
    const call = recorder.record(use)
    const [closed] = await Promise.allSettled([call, recorder.close()])
    expect(closed).toMatchObject({ reason: { name: 'RecorderClosed' } })
    const { log, folder } = spoolIn()
    const first = start(() => undefined, { log })
    await first.recorder.record(use)
    expect(await first.recorder.close()).toBe(1)
    const next = start(recorded, { log })
    await next.environment.advance(1_000)
    expect(next.recorder.counts.recorded).toBe(1)
    expect(existsSync(join(folder, 'cursor'))).toBe(true)
  })
})
