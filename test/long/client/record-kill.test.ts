import fc from 'fast-check'
import { recordThroughKills } from '../../client/recording-kills.ts'
import { test as base } from '../../support/fixtures.ts'

const clockStart = '2026-02-20T10:00:00Z'
const test = base.override('clockStart', clockStart)

test('every accepted event is recorded once after twenty kills -9', async ({ app }) => {
  const kills = fc.sample(fc.integer({ min: 1, max: 3_000 }), { numRuns: 20, seed: 17 })
  await recordThroughKills(app, Date.parse(clockStart), kills)
})
