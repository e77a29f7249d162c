/** A usage event as `/v1/usage` takes it: a CloudEvent, `time` in RFC 3339, `quantity` in base units of its meter. */
export interface UsageEvent {
  readonly specversion: '1.0'
  readonly type: 'aps.usage.v1'
  readonly source: string
  readonly id: string
  readonly subject: string
  readonly time: string
  /** On a sample's first event only: the instant that a replay moves to the present, with all times. */
  readonly sampleanchor?: string
  readonly data: { readonly meter: string; readonly quantity: number }
}

/** One line of a sample, and when (epoch milliseconds) it reached whoever wrote the file. */
export interface Arrival {
  readonly arrivedAt: number
  readonly line: string
}

/** RFC 3339 with whole seconds. */
export function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}
