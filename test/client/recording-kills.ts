import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { accountsOf, entriesInIndex } from '../../audit/reading.ts'
import { Recorder } from '../../client/record/recorder.ts'
import { openSpool } from '../../client/spool.ts'
import { type Access, openEnvironment } from '../../client/transport/node-environment.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { tableAt } from '../support/engine-table.ts'
import { type LocalApp, registerTeam } from '../support/local-app.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const program = fileURLToPath(new URL('./recording-process.ts', import.meta.url))
const lanes = 20
/** Runs a process until it has accepted `count` events, and kills it. Returns the ids of all that it accepted. */
async function recordAndKill(args: readonly string[], count: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = once(child, 'exit')
  const accepted: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    accepted.push(line)
    if (accepted.length === count) child.kill('SIGKILL')
  }
  expect(await gone).toEqual([null, 'SIGKILL'])
  return accepted
}

async function recordedIds(table: Table): Promise<readonly string[]> {
  const ids: string[] = []
  for await (const { teamId, version } of accountsOf(table)) {
    for await (const { entry } of entriesInIndex(table, teamId, 1, version)) {
      if (entry.kind === 'usage') ids.push(entry.id)
    }
  }
  return ids
}

/**
 * Kills one process after the other on the same spool, each after a number of accepted events, and sends the rest from this one.
 * Every accepted event must be recorded once. `at` is the time of the app's clock.
 */
export async function recordThroughKills(app: LocalApp, at: number, kills: readonly number[]): Promise<void> {
  await registerTeam(app, 'acme', ['viewer'])
  const { token } = await app.call('local', 'POST', '/local/tokens', { scopes: ['aps:meter'] })
  const { url: baseUrl, endpoint, tableNames } = app.runtime
  const folder = temporaryFolder()
  const accepted: string[] = []
  for (const [round, count] of kills.entries()) {
    const args = [folder, baseUrl, String(token), `round-${round}`, String(at)]
    accepted.push(...(await recordAndKill(args, count)))
  }
  await sendRest(folder, { baseUrl, token: String(token), at })

  const recorded = await recordedIds(tableAt(endpoint, tableNames[0] ?? ''))
  const ids = new Set(recorded)
  expect(recorded.length).toBe(ids.size)
  expect(accepted.filter((id) => !ids.has(id))).toEqual([])
  // A process that is killed may have stored an event whose call was not answered yet: at most one for each lane.
  expect(recorded.length - accepted.length).toBeLessThanOrEqual(kills.length * lanes)
}

async function sendRest(folder: string, { at, ...access }: Access & { readonly at: number }): Promise<void> {
  const spool = openSpool(folder)
  const recorder = new Recorder({
    environment: openEnvironment(access),
    serverNow: () => at,
    log: spool.events,
  })
  await expect.poll(() => recorder.flush()).toBe(0)
  expect(recorder.counts.rejected).toBe(0)
  await recorder.close()
  spool.close()
}
