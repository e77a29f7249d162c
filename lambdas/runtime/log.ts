import { Logger } from '@aws-lambda-powertools/logger'

export const logger = new Logger()

/** One success in this many is logged, with its steps: a line per call would cost more than the call. */
const successesPerLine = 100

export function isSampled(): boolean {
  return Math.random() * successesPerLine < 1
}
