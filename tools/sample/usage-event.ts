/** A usage event for `/v1/usage`: a CloudEvent, `time` in RFC 3339, `quantity` in base units of its meter. */
export interface UsageEvent {
  readonly specversion: '1.0'
  readonly type: 'aps.usage.v1'
  readonly source: string
  readonly id: string
  readonly subject: string
  readonly time: string
  /** Only on a sample's first event: the instant that a replay moves to the present. All times move with it. */
  readonly sampleanchor?: string
  readonly data: { readonly meter: string; readonly quantity: number }
}

/** One line of a sample, and the instant (epoch milliseconds) of its arrival in the file. */
export interface Arrival {
  readonly arrivedAt: number
  readonly line: string
}

/** Formats an instant in RFC 3339 with whole seconds. */
export function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}
