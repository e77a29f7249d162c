import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { minuteMs } from '../../core/time/time.ts'
import type { ReplayClient } from './client.ts'
import { ReplayLanes } from './lanes.ts'
import { readLine, sampleAnchor } from './lines.ts'
import { ReplayTotals } from './totals.ts'

export interface ReplayOptions {
  readonly input: Readable
  readonly client: ReplayClient
  readonly concurrency: number
  readonly batch: number
  /** Leaves the times of a sample unchanged. */
  readonly asIs: boolean
  readonly onProgress?: (doneBytes: number, totals: ReplayTotals) => void
}

export interface Replayed {
  readonly totals: ReplayTotals
  /** True if the first line states the instant at which a sample ends. */
  readonly isSample: boolean
  /** Shift of a sample's times. */
  readonly shiftMs: number
  /** The reason why sending stopped early. */
  readonly failure: string | undefined
}

/**
 * Sends every line of `input` (newline-delimited CloudEvents) and adds up the answers. Blank lines do not
 * count.
 */
export async function replay({
  input,
  client,
  concurrency,
  batch,
  asIs,
  onProgress,
}: ReplayOptions): Promise<Replayed> {
  const totals = new ReplayTotals()
  let [number, doneBytes, shiftMs] = [0, 0, 0]
  let anchor: number | undefined
  const lanes = new ReplayLanes({
    client,
    totals,
    concurrency,
    batch,
    onProgress: () => onProgress?.(doneBytes, totals),
  })
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1
    doneBytes += Buffer.byteLength(text) + 1
    if (number === 1) anchor = sampleAnchor(text)
    if (number === 1 && anchor !== undefined && !asIs) shiftMs = await sampleShiftMs(anchor, client)
    if (text.trim() === '') continue
    const line = readLine(number, withoutByteOrderMark(text, number), shiftMs)
    if ('reason' in line) totals.reject(line)
    else await lanes.add(line)
  }
  await lanes.finish()
  return { totals, isSample: anchor !== undefined, shiftMs, failure: lanes.failure }
}

/** A sample ends with the server's current minute. Whole minutes keep its times readable. */
async function sampleShiftMs(anchor: number, client: ReplayClient): Promise<number> {
  return Math.floor((await client.now()) / minuteMs) * minuteMs - anchor
}

function withoutByteOrderMark(text: string, number: number): string {
  return number === 1 ? text.replace(/^\uFEFF/, '') : text
}
