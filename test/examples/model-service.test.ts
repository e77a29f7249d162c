import { expect } from 'vitest'
import { apsClient, jobOf } from '../support/aps-client.ts'
import { startExample } from '../support/example-service.ts'
import { test } from '../support/fixtures.ts'
import type { LocalApp } from '../support/local-app.ts'
import {
  basic,
  buyTokens,
  complexJobs,
  freeUse,
  reportUse,
  startFlexTeam,
  startFreeTeam,
} from '../support/metered-team.ts'

const callersAtOnce = 16
const unitSize = 300_000
/** All but the last 1,000 calls of 100 tokens. */
const reported = 100 * unitSize - 1_000

test.override('runtimeOptions', { clockStart: undefined })

test('the example service runs out of tokens under load, and goes on after a purchase', async ({ app }) => {
  await startFlexTeam(app, 'busy', 'busy-app')
  await reportUse(app, 'busy-app', { meter: basic, quantity: reported })
  const service = await startExample(app)
  const load = startLoad(`${service.url}/modelderivative/v2/designdata/formats`, 'busy-app')

  await expect.poll(() => load.refused).toBeGreaterThan(0)
  // The token is charged with its last call; answers that are still on their way are not counted yet.
  expect(load.allowed).toBeGreaterThanOrEqual(1_000 - callersAtOnce)
  await buyTokens(app, 'busy', 'second')
  const boughtAt = performance.now()
  const before = load.allowed
  await expect.poll(() => load.allowed).toBeGreaterThan(before)
  // The client asks again within two seconds while calls come; a busy machine takes longer.
  expect(performance.now() - boughtAt).toBeLessThan(10_000)

  await load.stop()
  expect(load.others).toEqual([])
  expect(await service.stop()).toMatchObject({ code: 0 })
  expect(await usedBy(app, 'busy')).toBe(reported + load.allowed)
})

test('the example service charges a job once, and none for a model that is translated already', async ({
  app,
}) => {
  await startFreeTeam(app, 'jobs', 'jobs-app')
  const service = await startExample(app)
  const aps = apsClient(service.url, 'jobs-app')
  const { urn } = await aps.startJob(jobOf('tower.ifc'))
  expect(await aps.startJob(jobOf('tower.ifc'))).toMatchObject({ result: 'created' })
  expect(await aps.getManifest(urn)).toMatchObject({ progress: 'complete' })
  expect(await service.stop()).toMatchObject({ code: 0 })
  expect(await freeUse(app, 'jobs', complexJobs)).toEqual({ used: 1, held: 0 })
  expect(await freeUse(app, 'jobs', basic)).toEqual({ used: 1, held: 0 })
})

/** Callers that repeat a call until they are stopped, and count the answers. */
function startLoad(url: string, appId: string) {
  const counts = { allowed: 0, refused: 0, others: [] as number[] }
  let isOver = false
  const call = async () => {
    while (!isOver) {
      const answer = await fetch(url, { headers: { authorization: `Bearer ${appId}` } })
      await answer.arrayBuffer()
      if (answer.status === 200) counts.allowed += 1
      else if (answer.status === 403 || answer.status === 429) counts.refused += 1
      else counts.others.push(answer.status)
    }
  }
  const callers = Promise.all(Array.from({ length: callersAtOnce }, call))
  const stop = async () => {
    isOver = true
    await callers
  }
  return Object.assign(counts, { stop })
}

/** Base units of basic interactions that a team was charged for, or that wait for a full unit. */
async function usedBy(app: LocalApp, teamId: string): Promise<number> {
  const balance = await app.call(`hub:${teamId}`, 'GET', `/v1/teams/${teamId}/balance`)
  const { tokens } = balance.flex as { readonly tokens: number }
  const [remainder] = balance.remainders as readonly { readonly quantity: number }[]
  return (200 - tokens) * unitSize + (remainder?.quantity ?? 0)
}
