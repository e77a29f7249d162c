import { join } from 'node:path'
import * as v from 'valibot'
import type { EngineCall } from '../../audit/data-folder/engine-call.ts'
import { readJson, writeJson } from '../../audit/data-folder/json-file.ts'
import { StreamPoller } from '../engine/stream-poller.ts'
import type { Mapping, Wiring } from '../wiring.ts'
import { ScheduleRunner } from '../workflows/schedule-runner.ts'
import type { Workflows } from '../workflows/workflows.ts'
import type { DeadLetters } from './dead-letters.ts'

// A kill between two saves repeats a second's records. Consumers must tolerate repeats anyway.
const saveMilliseconds = 1_000

const drainRounds = 2

const Saved = v.record(v.string(), v.record(v.string(), v.string()))

export interface BackgroundParts {
  readonly wiring: Wiring
  readonly dataDir: string
  readonly call: EngineCall
  /** The engine's stream of each table, by the table's id. */
  readonly streamArns: ReadonlyMap<string, string>
  readonly now: () => number
  readonly invoke: (functionId: string, event: unknown) => Promise<unknown>
  readonly deadLetters: DeadLetters
  readonly log: (line: string) => void
  readonly workflows: Workflows
}

/** Work that runs without a request: the streams, the schedules and the state machines of the template. */
export interface Background {
  start(): void
  /**
   * Lets workflows continue, fires the schedules that are due by the clock, and waits until the streams are
   * read to their end.
   */
  catchUp(): Promise<void>
  /** Restarts the schedules at the current instant of the clock. */
  forgetSchedules(): void
  stop(): Promise<void>
}

export function openBackground(parts: BackgroundParts): Background {
  const { wiring, dataDir, now, invoke, deadLetters, workflows } = parts
  const { pollerOf, savePositions } = makePollers(parts)
  const pollers = wiring.mappings.map(pollerOf)
  let saving: NodeJS.Timeout | undefined
  const drain = async () => {
    // The work of one consumer may write records for another consumer.
    for (let round = 0; round < drainRounds; round++)
      await Promise.all(pollers.map((poller) => poller.drain()))
  }
  const runner = new ScheduleRunner({ schedules: wiring.schedules, dataDir, now, invoke, deadLetters })
  return {
    start() {
      for (const poller of pollers) poller.start()
      runner.start()
      workflows.resume()
      saving = setInterval(savePositions, saveMilliseconds)
    },
    async catchUp() {
      // A workflow wakes at the instant of its step. The sweep, which would take the step as well, comes after it.
      await workflows.settle()
      await runner.fireDue()
      await workflows.untilWaiting()
      await drain()
    },
    forgetSchedules: () => runner.forget(),
    async stop() {
      clearInterval(saving)
      await Promise.all([runner.stop(), ...pollers.map((poller) => poller.stop())])
      workflows.stop()
      savePositions()
    },
  }
}

function makePollers(parts: BackgroundParts) {
  const { dataDir, call, streamArns, invoke, deadLetters, log } = parts
  const file = join(dataDir, 'streams.json')
  const saved = v.parse(Saved, readJson(file) ?? {})
  const positions = new Map<string, Map<string, string>>()
  let isSaved = true
  const savePositions = () => {
    if (isSaved) return
    isSaved = true
    const entries = [...positions].map(([id, handled]) => [id, Object.fromEntries(handled)] as const)
    writeJson(file, Object.fromEntries(entries))
  }
  const save = () => {
    isSaved = false
  }
  const pollerOf = (mapping: Mapping): StreamPoller => {
    const streamArn = streamArns.get(mapping.tableId)
    if (streamArn === undefined) throw new Error(`${mapping.id}: table ${mapping.tableId} has no stream`)
    const handled = new Map(Object.entries(saved[mapping.id] ?? {}))
    positions.set(mapping.id, handled)
    const invokeConsumer = (event: unknown) => invoke(mapping.functionId, event)
    return new StreamPoller({
      mapping,
      invoke: invokeConsumer,
      deadLetters,
      call,
      streamArn,
      handled,
      save,
      log,
    })
  }
  return { pollerOf, savePositions }
}
