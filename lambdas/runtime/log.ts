import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics } from '@aws-lambda-powertools/metrics'

export const logger = new Logger()
export const metrics = new Metrics({ namespace: 'Tollgate' })

/** One success in this many is logged: a line per call would cost more than the call. */
const successesPerLine = 100

export function isSampled(): boolean {
  return Math.random() * successesPerLine < 1
}

/** Writes what was counted since the last time, if anything was. */
export function flushMetrics(): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics()
}
