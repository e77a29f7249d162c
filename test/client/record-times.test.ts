import { describe, expect, onTestFinished, test } from 'vitest'
import type { Received, Sent } from '../../client/environment.ts'
import { Recorder, type RecorderOptions } from '../../client/record/recorder.ts'
import { openEventLog } from '../../client/spool/event-log.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { manualEnvironment } from './manual-environment.ts'

const start = Date.parse('2026-02-20T10:00:00Z')
const tenMinutes = 600_000
const use = { appId: 'viewer', meter: 'automation-autocad', quantity: 60 }

function spoolLog(folder = temporaryFolder()) {
  const log = openEventLog({ folder, bytesMax: 1_000_000, sync: false })
  onTestFinished(() => log.release())
  return log
}

/** The bound times of event ids, as the server keeps them. */
type Bound = Map<string, string>

interface Server {
  readonly bound: Bound
  isUp: boolean
  /** Answers are lost after the events are recorded. */
  isLossy: boolean
  hasDate: boolean
}

function newServer(): Server {
  return { bound: new Map(), isUp: true, isLossy: false, hasDate: true }
}

/** A process whose machine's clock is wrong by `errorMs`, and a server whose clock is right. */
function newProcess(server: Server, errorMs: number, more: Partial<RecorderOptions> = {}) {
  let offset: number | undefined
  let age = 0
  const environment = manualEnvironment((sent) => answer(server, sent), start + errorMs)
  const serverTime = () => start + age
  const recorder = new Recorder({
    environment,
    serverNow: () => (offset === undefined ? undefined : environment.elapsed() + offset),
    send: async (sent) => {
      const received = await environment.send(sent)
      if (server.hasDate) offset = serverTime() - environment.elapsed()
      return received
    },
    ...more,
  })
  const pass = async (ms: number) => {
    age += ms
    await environment.advance(ms)
  }
  return { environment, recorder, pass }
}

function answer({ bound, isUp, isLossy }: Server, { body = '' }: Sent): Received | undefined {
  if (!isUp) return undefined
  const events: { id: string; source: string; time: string }[] = JSON.parse(body)
  if (events.length === 0) return { status: 400, body: '{"code":"BAD_INPUT","title":"Bad input"}' }
  const results = events.map(({ id, source, time }) => {
    const known = bound.get(id)
    if (known === undefined) bound.set(id, time)
    if (known === undefined) return { id, source, status: 'recorded', charges: [] }
    const problem = { code: 'IDEMPOTENCY_CONFLICT', title: 'Conflict' }
    return known === time ? { id, source, status: 'duplicate' } : { id, source, status: 'rejected', problem }
  })
  return isLossy ? undefined : { status: 200, body: JSON.stringify({ results }) }
}

const timesOf = ({ bound }: Server) => [...bound.values()].map((time) => Date.parse(time) - start)

describe.each([-tenMinutes, 0, tenMinutes])('with a machine clock that is off by %i ms', (errorMs) => {
  test('events from before the first answer get the time of the server', async () => {
    const server = newServer()
    const { recorder, environment, pass } = newProcess(server, errorMs, { log: spoolLog() })
    await recorder.record({ ...use, id: 'first' })
    await pass(400)
    // A correction of the machine's clock has no effect.
    environment.setWallClock(start)
    await recorder.record({ ...use, id: 'second' })
    await pass(1_000)
    await pass(5_000)
    await recorder.record({ ...use, id: 'third' })
    expect(await recorder.flush()).toBe(0)
    expect(timesOf(server)).toEqual([0, 400, 6_400])
    // One question for the time, and two batches.
    expect(environment.sent.map(({ body = '' }) => JSON.parse(body).length)).toEqual([0, 2, 1])
  })

  test('events that an earlier process stored get the time of the server', async () => {
    const server = newServer()
    server.isUp = false
    const log = spoolLog()
    const first = newProcess(server, errorMs, { log })
    await first.recorder.record({ ...use, id: 'first' })
    await first.recorder.close()
    server.isUp = true
    const next = newProcess(server, errorMs, { log })
    await next.pass(30_000)
    expect(timesOf(server)).toEqual([0])
  })
})

test('a time of the caller is sent as it is, without asking for the time', async () => {
  const server = newServer()
  const { recorder, environment } = newProcess(server, tenMinutes, { log: spoolLog() })
  await recorder.record({ ...use, at: start - 12_345 })
  expect(await recorder.flush()).toBe(0)
  expect(timesOf(server)).toEqual([-12_345])
  expect(environment.sent).toHaveLength(1)
})

test('a corrected clock moves no event into the future', async () => {
  const server = newServer()
  server.isUp = false
  const log = spoolLog()
  const first = newProcess(server, tenMinutes, { log })
  await first.recorder.record(use)
  await first.recorder.close()
  server.isUp = true
  const next = newProcess(server, 0, { log })
  await next.pass(1_000)
  expect(timesOf(server)).toEqual([1_000])
})

test('a repeat in the same process has the same time', async () => {
  const server = newServer()
  server.isLossy = true
  const { recorder, pass } = newProcess(server, tenMinutes, { log: spoolLog() })
  await recorder.record({ ...use, id: 'mine' })
  await recorder.record(use)
  await pass(1_000)
  await pass(1_000)
  server.isLossy = false
  await pass(30_000)
  expect(recorder.counts).toEqual({ recorded: 0, duplicate: 2, rejected: 0 })
})

test('a repeat by the next process counts once, even if its time differs', async () => {
  const server = newServer()
  server.isLossy = true
  const log = spoolLog()
  const first = newProcess(server, tenMinutes, { log })
  await first.recorder.record(use)
  await first.recorder.close()
  expect(server.bound.size).toBe(1)
  server.isLossy = false
  const next = newProcess(server, tenMinutes + 777, { log })
  await next.pass(1_000)
  expect(next.recorder.counts).toEqual({ recorded: 0, duplicate: 1, rejected: 0 })
  expect(log.size).toBe(0)
})

test('the machine clock serves where the server states no time', async () => {
  const server = newServer()
  server.hasDate = false
  const { recorder } = newProcess(server, 5_000, { log: spoolLog() })
  await recorder.record(use)
  expect(await recorder.flush()).toBe(0)
  expect(timesOf(server)).toEqual([5_000])
})
