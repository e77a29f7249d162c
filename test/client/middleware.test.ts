import { describe, expect } from 'vitest'
import type { TollgateClient } from '../../client/client.ts'
import { apsClient, failureOf, jobOf } from '../support/aps-client.ts'
import { test } from '../support/fixtures.ts'
import { basic, complexJobs, connect, freeUse, simpleJobs, startFreeTeam } from '../support/metered-team.ts'
import { type ModelService, platforms } from '../support/model-service.ts'

// The real time: a lease ends by the server's date.
test.override('runtimeOptions', { clockStart: undefined })

describe.each(Object.entries(platforms))('a service on %s', (name, start) => {
  const teamId = `team-${name.replaceAll(' ', '-').toLowerCase()}`
  const appId = `app-${teamId}`
  let client: TollgateClient
  let service: ModelService

  test.beforeAll(async ({ app }) => {
    await startFreeTeam(app, teamId, appId)
    client = await connect(app)
    service = await start({ client })
  })

  test.afterAll(async () => {
    await service?.[Symbol.asyncDispose]()
    await client?.close()
  })

  test('counts basic calls, and none that the service itself refuses', async ({ app }) => {
    const aps = apsClient(service.url, appId)
    await aps.getFormats()
    await aps.getManifest('some-urn', { region: 'EMEA' })
    expect(await failureOf(aps.getManifest('forbidden'))).toMatchObject({ status: 403 })
    await client.flush()
    expect(await freeUse(app, teamId, basic)).toMatchObject({ used: 2 })
  })

  test('charges each started job once', async ({ app }) => {
    const aps = apsClient(service.url, appId)
    expect(await aps.startJob(jobOf('house.rvt'))).toMatchObject({ urn: 'house.rvt' })
    expect(await aps.startJob(jobOf('part.dwg'))).toMatchObject({ urn: 'part.dwg' })
    await expect.poll(() => freeUse(app, teamId, complexJobs)).toEqual({ used: 1, held: 0 })
    await expect.poll(() => freeUse(app, teamId, simpleJobs)).toEqual({ used: 1, held: 0 })
  })

  test('charges no job that fails or starts nothing', async ({ app }) => {
    const before = await freeUse(app, teamId, complexJobs)
    const aps = apsClient(service.url, appId)
    expect(await failureOf(aps.startJob(jobOf('broken.nwd')))).toMatchObject({ status: 500 })
    expect(await aps.startJob(jobOf('existing.ifc'))).toMatchObject({ urn: 'existing.ifc' })
    await expect.poll(() => freeUse(app, teamId, complexJobs)).toEqual({ used: before.used, held: 0 })
  })

  test('rejects a job of unknown type', async () => {
    const input = { urn: Buffer.from('urn:adsk.wipprod:fs.file:vf.a1?version=1').toString('base64url') }
    const job = apsClient(service.url, appId).startJob({ input, output: { formats: [] } })
    expect(await failureOf(job)).toMatchObject({ status: 422, body: { code: 'CANNOT_CLASSIFY' } })
  })

  test('denies an app that has no team, with a problem document', async () => {
    const { status, headers, body } = await failureOf(apsClient(service.url, 'stranger').getFormats())
    expect(status).toBe(403)
    expect(headers['content-type']).toContain('application/problem+json')
    expect(body).toMatchObject({ code: 'UNKNOWN_APP', status: 403, missing: [{ code: 'UNKNOWN_APP' }] })
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
  })

  test('answers 401 without an app, and passes the paths of other APIs', async () => {
    const ask = (path: string) => fetch(`${service.url}${path}`)
    const nameless = await ask('/modelderivative/v2/designdata/formats')
    expect(nameless.status).toBe(401)
    expect(await nameless.json()).toMatchObject({ code: 'UNAUTHENTICATED' })
    expect((await ask('/health')).status).toBe(200)
  })
})
