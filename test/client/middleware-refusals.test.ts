import { describe, expect } from 'vitest'
import { createClient } from '../../client/client.ts'
import { apsAnswer } from '../../client/middleware/answer.ts'
import { refusedStop } from '../../client/middleware/stops.ts'
import { authorizationRefusals } from '../../core/refusal.ts'
import { apsClient, failureOf, jobOf } from '../support/aps-client.ts'
import { freePort } from '../support/child-runtime.ts'
import { test } from '../support/fixtures.ts'
import {
  basic,
  buyTokens,
  connect,
  reportUse,
  startFlexTeam,
  startFreeTeam,
} from '../support/metered-team.ts'
import { platforms, startService } from '../support/model-service.ts'

test.override('runtimeOptions', { clockStart: undefined })

/** 100 tokens, each for 300,000 calls. */
const allTokens = 30_000_000
const allFree = 300_000

test('a team whose tokens are used up is refused, and goes on after a purchase', async ({ app }) => {
  await startFlexTeam(app, 'flex', 'flex-app')
  await reportUse(app, 'flex-app', { meter: basic, quantity: allTokens })
  await using client = await connect(app)
  await using service = await startService('express', { client })
  const ask = () => apsClient(service.url, 'flex-app').getFormats()
  const refused = await failureOf(ask())
  expect(refused.body).toMatchObject({ code: 'TOKENS_EXHAUSTED', resolve: expect.stringMatching(/./) })
  expect([403, 429]).toContain(refused.status)
  await buyTokens(app, 'flex', 'second')
  await expect.poll(ask).toMatchObject({ path: expect.stringContaining('formats') })
})

test('a used-up free amount is 429 until the next month', async ({ app }) => {
  await startFreeTeam(app, 'free', 'free-app')
  await reportUse(app, 'free-app', { meter: basic, quantity: allFree })
  await using client = await connect(app)
  await using service = await startService('express', { client })
  const aps = () => apsClient(service.url, 'free-app')
  const { status, headers, body } = await failureOf(aps().getFormats())
  expect({ status, code: body.code }).toEqual({ status: 429, code: 'FREE_LIMIT_REACHED' })
  const seconds = (Date.parse(String(body.resumesAt)) - Date.now()) / 1_000
  expect(Number(headers['retry-after'])).toBeGreaterThan(seconds - 60)
  expect(Number(headers['retry-after'])).toBeLessThan(seconds + 60)
  const job = await failureOf(aps().startJob(jobOf('house.rvt')))
  expect(job).toMatchObject({ status: 429, body: { code: 'FREE_LIMIT_REACHED' } })
  expect(Math.abs(Number(job.headers['retry-after']) - seconds)).toBeLessThan(60)
})

test('callers that know only APS get its status and body', async ({ app }) => {
  await startFreeTeam(app, 'known', 'known-app')
  await reportUse(app, 'known-app', { meter: basic, quantity: allFree })
  await using client = await connect(app)
  await using service = await startService('fetch', { client, apsBody: true })
  const { status, headers, body } = await failureOf(apsClient(service.url, 'known-app').getFormats())
  expect({ status, type: headers['content-type'] }).toEqual({ status: 403, type: 'application/json' })
  expect(Object.keys(body).toSorted()).toEqual(['developerMessage', 'errorCode', 'moreInfo'])
  expect(body).toMatchObject({ errorCode: '403' })
  expect(body.developerMessage).toContain('ProductAccessRequiresCapacity')
})

describe.each(Object.keys(platforms))('on %s', (platform) => {
  test('an outage is 503 with a time for the next try', async () => {
    const baseUrl = `http://127.0.0.1:${await freePort()}`
    // It is not closed, since that takes ten seconds for a report that nobody takes.
    const client = createClient({ baseUrl, token: 'none', callTimeoutMs: 100, onProblem: () => {} })
    await using service = await startService(platform, { client })
    const headers = { authorization: 'Bearer viewer' }
    const answer = await fetch(`${service.url}/modelderivative/v2/designdata/formats`, { headers })
    expect(answer.status).toBe(503)
    expect(await answer.json()).toMatchObject({ code: 'METERING_UNAVAILABLE' })
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    const sent = { ...headers, 'content-type': 'application/json' }
    const body = JSON.stringify(jobOf('house.rvt'))
    const path = '/modelderivative/v2/designdata/job'
    const job = await fetch(`${service.url}${path}`, { method: 'POST', headers: sent, body })
    expect(job.status).toBe(503)
  })
})

const refusal = (code: string) => ({
  code,
  title: 'No',
  detail: 'Not now.',
  missing: [{ code }],
  resolve: 'Buy.',
})

test('every refusal is 403 or 429, and 429 where time lifts it', () => {
  const statuses = authorizationRefusals.map((code) => [code, refusedStop(refusal(code), 10).status])
  expect(Object.fromEntries(statuses)).toMatchObject({
    UNKNOWN_APP: 403,
    APP_LIMIT_REACHED: 429,
    FREE_LIMIT_REACHED: 429,
    TOKENS_EXHAUSTED: 403,
    SPEND_LIMIT_REACHED: 429,
  })
  const held = { ...refusal('TOKENS_EXHAUSTED'), resumesAt: '2026-03-01T00:00:00Z' }
  expect(refusedStop(held, 10)).toMatchObject({ status: 429, resumesAt: held.resumesAt })
})

test('an app outside the hub is answered as APS answers it', () => {
  const { status, body } = apsAnswer(refusedStop(refusal('APP_NOT_IN_HUB'), 10))
  expect(status).toBe(400)
  expect(body).toContain('Application must be assigned to a Developer Hub.')
})
