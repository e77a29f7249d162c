import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { databaseFileOf, hasData } from '../audit/data-folder/format.ts'
import { dayMs } from '../core/time/time.ts'
import type { Answer } from './gateway/http-server.ts'
import { makeOwnCalls } from './gateway/own-calls.ts'
import { loadSampleData, sampleHistoryDays } from './sample-data.ts'
import type { Background } from './services/background.ts'
import type { TestClock } from './services/clock.ts'

export interface SampleLoading {
  readonly answer: Answer
  readonly clock: TestClock
  readonly background: Background
  readonly tell: (line: string) => void
}

/**
 * Fills a fresh table through the API. The clock runs through the sample's past and ends at its starting
 * point. Returns true if every call succeeded.
 */
export async function loadSample({ answer, clock, background, tell }: SampleLoading): Promise<boolean> {
  clock.show(clock.now() - sampleHistoryDays * dayMs)
  background.forgetSchedules()
  const setClock = async (at: number) => {
    clock.show(at)
    tell(`loading the past of the sample teams: ${new Date(at).toISOString().slice(0, 10)}`)
    await background.catchUp()
  }
  const { failed } = await loadSampleData({ call: makeOwnCalls(answer), setClock, now: clock.now })
  clock.show()
  await background.catchUp()
  if (failed.length > 0) tell(`${failed.length} calls of the sample data failed, the first: ${failed[0]}`)
  return failed.length === 0
}

/**
 * Marks an empty folder as loading. Returns false when the folder contains data. A folder that is still
 * marked was interrupted while loading. No client has used it yet, so it is emptied and loaded again.
 */
export function beginLoading(dataDir: string): boolean {
  if (existsSync(markerOf(dataDir))) dropData(dataDir)
  if (hasData(dataDir)) return false
  writeFileSync(markerOf(dataDir), '')
  return true
}

export function endLoading(dataDir: string): void {
  rmSync(markerOf(dataDir), { force: true })
}

function dropData(dataDir: string): void {
  const database = databaseFileOf(dataDir)
  const files = readdirSync(dirname(database)).filter((file) => file.startsWith(basename(database)))
  for (const file of [...files, 'streams.json', 'schedules.json', 'clock.json'])
    rmSync(join(dataDir, file), { force: true })
}

function markerOf(dataDir: string): string {
  return join(dataDir, 'sample-loading')
}
