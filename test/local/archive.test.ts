import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { readObjects } from '../support/archived.ts'
import { test } from '../support/fixtures.ts'
import { type LocalApp, registerTeam } from '../support/local-app.ts'

const command = fileURLToPath(new URL('../../audit/audit.ts', import.meta.url))
let app: LocalApp

test.override('clockStart', '2026-01-20T23:50:00Z')
test.beforeAll(async ({ app: started }) => {
  app = started
  for (const teamId of ['acme', 'globex']) {
    await registerTeam(app, teamId, [`${teamId}-app`])
    await app.call(`hub:${teamId}`, 'PUT', `/v1/teams/${teamId}/plan`, { plan: 'free' })
  }
})

const archive = () => join(app.dataDir, 'archive')
const archived = () => readObjects(archive()).map(({ file, line }) => ({ file, ...JSON.parse(line) }))

test('every entry of every team is in a file of its day, and one file has entries of many teams', async () => {
  await app.moveClock('2026-01-20T23:56:00Z')
  const first = archived()
  expect(first.map(({ teamId, version, kind }) => `${teamId} ${version} ${kind}`).toSorted()).toEqual([
    'acme 1 team-changed',
    'acme 2 plan-changed',
    'globex 1 team-changed',
    'globex 2 plan-changed',
  ])
  expect(new Set(first.map(({ file }) => file.split('/').slice(0, 2).join('/')))).toEqual(
    new Set(['entries/day=2026-01-20']),
  )
  await app.call('ops', 'PUT', '/v1/teams/acme/suspension', { reason: 'a test' })
  await app.moveClock('2026-01-21T00:01:00Z')
  const later = archived().filter(({ file }) => file.startsWith('entries/day=2026-01-21/'))
  expect(later).toMatchObject([{ teamId: 'acme', version: 3, kind: 'suspended' }])
})

test('the audit folds the archive of a running Tollgate', () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [command, '--archive', archive()], {
    env: { PATH: process.env.PATH, DATA_DIR: app.dataDir },
    encoding: 'utf8',
  })
  // The campaign may have notified the teams since.
  expect(stdout).toMatch(/: 2 accounts, 5 entries, 0 duplicates, \d unarchived, 0 differences\n$/)
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
})
