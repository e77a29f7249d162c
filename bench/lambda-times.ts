import { processorMegabytes } from '../lib/functions.ts'
import type { Count } from './request-meter.ts'

/*
 * Times on AWS, computed from counted requests and the figures stated here. They are the same on every machine, however busy.
 * The processor time of this machine is shown next to them, and is not used.
 */

/** The time of one request inside Lambda: docs/performance.md, "Physical limits". */
const plainRequestMs = 8
const transactionMs = 20
/** Processor time of one request, with the work around it, on a whole processor. */
export const processorMsPerRequest = 3.7

/** Requests of the work on one team. */
export type TeamWork = Pick<Count, 'requests' | 'transactions'>

export interface Crew {
  /** Function environments that work at the same time. */
  readonly functions: number
  readonly memoryMegabytes: number
  /** Teams that one of them works on at once. */
  readonly teamsAtOnce: number
  /** The most teams that all of them together begin in a second. */
  readonly paceMax?: number
}

/** Teams a second of a crew: its processors, its waiting for the table, or its pace is the limit. */
export function teamsPerSecond(work: TeamWork, crew: Crew): number {
  const { functions, memoryMegabytes, teamsAtOnce, paceMax = Number.POSITIVE_INFINITY } = crew
  const processorMs = work.requests * processorMsPerRequest
  const waitingMs = work.transactions * transactionMs + (work.requests - work.transactions) * plainRequestMs
  const share = Math.min(1, memoryMegabytes / processorMegabytes)
  const byProcessor = (functions * share * 1_000) / processorMs
  const byWaiting = (functions * teamsAtOnce * 1_000) / (waitingMs + processorMs / share)
  return Math.min(byProcessor, byWaiting, paceMax)
}

/** Counts for one of `teams`. */
export function perTeam(count: Count, teams: number): TeamWork {
  return { requests: count.requests / teams, transactions: count.transactions / teams }
}

/** Processor milliseconds of this process for one of `teams`. The machine may be busy, so nothing depends on it. */
export async function processorMsOf(teams: number, work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000 / teams
}
