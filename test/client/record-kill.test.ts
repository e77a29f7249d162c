import { test as base } from '../support/fixtures.ts'
import { recordThroughKills } from './recording-kills.ts'

const clockStart = '2026-02-20T10:00:00Z'
const test = base.override('clockStart', clockStart)

test('every accepted event is recorded once after kill -9', async ({ app }) => {
  // Before the first request, during one, and after it.
  await recordThroughKills(app, Date.parse(clockStart), [1, 1_003, 300])
})
