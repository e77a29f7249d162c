import { randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as v from 'valibot'
import type { Rule } from '../wiring.ts'
import type { DeadLetters } from './dead-letters.ts'

const attemptsMax = 3
const pauseMilliseconds = 100

const PutEvents = v.object({
  Entries: v.array(
    v.object({
      EventBusName: v.string(),
      Source: v.string(),
      DetailType: v.string(),
      Detail: v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.unknown())),
      Time: v.optional(v.number()),
    }),
  ),
})

/** An event in the form in which the bus sends it to a target. */
export interface BusEvent {
  readonly version: '0'
  readonly id: string
  readonly source: string
  readonly 'detail-type': string
  readonly account: string
  readonly region: string
  readonly time: string
  readonly resources: readonly string[]
  readonly detail: Readonly<Record<string, unknown>>
}

export interface BusParts {
  readonly rules: readonly Rule[]
  readonly dataDir: string
  readonly now: () => number
  readonly invoke: (functionId: string, event: unknown) => Promise<unknown>
  readonly deadLetters: DeadLetters
}

/** Receives the events of every bus, in addition to the template's rules. */
export type BusListener = (event: BusEvent, busName: string) => Promise<void>

/**
 * The event buses of the template. An event is accepted only after the targets of all matching rules have
 * received it. A publisher repeats an event after a crash, so none is lost and some arrive twice, as on AWS.
 * Each event is stored as a line of `events.ndjson` in the data folder.
 */
export class Bus {
  private readonly parts: BusParts
  private readonly listeners: BusListener[] = []
  private readonly archive: string

  constructor(parts: BusParts) {
    this.parts = parts
    this.archive = join(parts.dataDir, 'events.ndjson')
  }

  listen(listener: BusListener): void {
    this.listeners.push(listener)
  }

  /** `PutEvents` with the service's API. Rejects when the input is invalid. */
  async putEvents(input: unknown): Promise<object> {
    const { Entries } = v.parse(PutEvents, input)
    const put = Entries.map(async ({ EventBusName, Source, DetailType, Detail, Time }) => {
      const at = Time === undefined ? this.parts.now() : Time * 1_000
      return { EventId: await this.put(EventBusName, Source, DetailType, Detail, at) }
    })
    return { FailedEntryCount: 0, Entries: await Promise.all(put) }
  }

  /** Puts one event on a bus. Resolves with its id when every target has handled it or it is a dead letter. */
  async put(
    busName: string,
    source: string,
    type: string,
    detail: BusEvent['detail'],
    at = this.parts.now(),
  ): Promise<string> {
    const id = randomUUID()
    const event: BusEvent = {
      version: '0',
      id,
      source,
      'detail-type': type,
      account: '000000000000',
      region: 'us-east-1',
      time: new Date(at).toISOString().replace('.000Z', 'Z'),
      resources: [],
      detail,
    }
    appendFileSync(this.archive, `${JSON.stringify(event)}\n`)
    const matching = this.parts.rules.filter((rule) => rule.busName === busName && rule.accepts(event))
    await Promise.all([
      ...matching.flatMap((rule) => rule.functionIds.map((functionId) => this.call(rule, functionId, event))),
      ...this.listeners.map((listener) => listener(event, busName)),
    ])
    return id
  }

  private async call(rule: Rule, functionId: string, event: BusEvent): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.parts.invoke(functionId, event)
        return
      } catch (cause) {
        if (attempt === attemptsMax) return this.parts.deadLetters(rule.id, cause, event)
        await sleep(pauseMilliseconds * attempt)
      }
    }
  }
}
