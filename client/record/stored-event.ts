/**
 * A usage event as the queue stores it. Its id is bound to its content permanently, so everything that is sent is decided
 * before the event is stored. Only the time may have to wait: see `event-clock.ts`.
 */
export interface StoredEvent {
  readonly source: string
  readonly id: string
  readonly appId: string
  readonly meter: string
  readonly quantity: number
  /** Epoch milliseconds of the server's clock; absent while that clock was not known. */
  readonly time?: number
  /** The process's own clocks at the time of the use, where `time` is absent. */
  readonly clocks?: Clocks
  /** The client made the id, so no other content can have it. */
  readonly isOwnId?: boolean
}

export interface Clocks {
  readonly wall: number
  readonly elapsed: number
  /** The process whose `elapsed` it is. */
  readonly process: string
}

/** One line of JSON. */
export function toLine(event: StoredEvent): string {
  return JSON.stringify(event)
}

/** Reads a stored line. Returns undefined for a damaged one. */
export function fromLine(line: string): StoredEvent | undefined {
  try {
    const stored: unknown = JSON.parse(line)
    return isEvent(stored) ? stored : undefined
  } catch {
    return undefined
  }
}

function isEvent(stored: unknown): stored is StoredEvent {
  if (!isRecord(stored)) return false
  const { source, id, appId, meter, quantity, time, clocks } = stored
  const isTimed = Number.isFinite(time) || (isRecord(clocks) && Number.isFinite(clocks.wall))
  const texts = [source, id, appId, meter]
  return texts.every((text) => typeof text === 'string') && Number.isFinite(quantity) && isTimed
}

/** The event as `POST /v1/usage` takes it. */
export function toCloudEvent({ source, id, appId, meter, quantity }: StoredEvent, time: number): object {
  return {
    specversion: '1.0',
    type: 'aps.usage.v1',
    source,
    id,
    subject: appId,
    time: new Date(time).toISOString(),
    data: { meter, quantity },
  }
}

/** True for a JSON object or array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
