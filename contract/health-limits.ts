import { hourMs, minuteMs } from '../core/time/time.ts'

/** The lateness from which pending work needs a person, in milliseconds, by kind of alarm. Alarms go off at the same values. */
export const lateMs = {
  'sweep-behind': hourMs,
  'deliveries-behind': 15 * minuteMs,
  'readers-behind': 30 * minuteMs,
} as const
