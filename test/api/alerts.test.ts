import { expect } from 'vitest'
import { test } from '../support/fixtures.ts'
import { foundAcme } from '../support/party.ts'

const low = { alertId: 'low', measure: 'tokens-left', threshold: 150 }
const month = { alertId: 'month', measure: 'cost-usd-cents', threshold: 50_000 }

test('alerts are set as a whole, checked at once, and can be sent back as they were read', async ({
  party,
}) => {
  await foundAcme(party)
  const { body: set } = await party.call('putAlerts', { body: { alerts: [low, month] } })
  expect(set.alerts).toMatchObject([{ ...low, reachedAt: expect.any(String) }, month])
  const { body: read, headers } = await party.call('getAlerts', {})
  expect(read).toEqual(set)
  const sent = { body: read, headers: { 'if-match': String(headers.etag) } }
  expect(await party.call('putAlerts', sent)).toMatchObject({ status: 200, body: read })
  const { entries } = (await party.call('listEntries', {})).body as { entries: { kind: string }[] }
  expect(entries.filter(({ kind }) => kind === 'alert-noted')).toMatchObject([
    { alertId: 'low', measure: 'tokens-left', threshold: 150, value: 100, isReached: true },
  ])
  const { activity } = (await party.call('listActivity', {})).body as { activity: { kind: string }[] }
  expect(activity.filter(({ kind }) => kind === 'alerts-changed')).toHaveLength(1)
})

test('the second of two writers gets a 412, and nothing is lost', async ({ party }) => {
  await foundAcme(party)
  const headers = { 'if-match': String((await party.call('getAlerts', {})).headers.etag) }
  expect((await party.call('putAlerts', { body: { alerts: [month] }, headers })).status).toBe(200)
  expect((await party.call('putAlerts', { body: { alerts: [] }, headers })).status).toBe(412)
  expect((await party.call('getAlerts', {})).body).toEqual({ alerts: [month] })
})

test('a developer sees no alert on money', async ({ party }) => {
  await foundAcme(party)
  await party.call('putAlerts', { body: { alerts: [month, { ...low, threshold: 5 }] } })
  const claims = { scope: 'hub:read', team: 'acme', role: 'developer', sub: 'dev' }
  expect((await party.call('getAlerts', { claims })).body).toEqual({ alerts: [{ ...low, threshold: 5 }] })
})

test.for([
  ['an app that is not of the team', { ...month, appId: 'foreign' }, '/alerts/0/appId'],
  ['an app where no app has a part', { ...low, appId: 'viewer' }, '/alerts/0/appId'],
  ['a threshold beyond its measure', { ...low, measure: 'days-left', threshold: 400 }, '/alerts/0/threshold'],
])('%s is refused by name', async ([, alert, pointer], { party }) => {
  await foundAcme(party)
  const { status, body } = await party.call('putAlerts', { body: { alerts: [alert] } })
  expect([status, (body.errors as { pointer: string }[])[0]?.pointer]).toEqual([400, pointer])
})

test('a raised threshold is back under at once', async ({ party }) => {
  await foundAcme(party)
  await party.call('putAlerts', { body: { alerts: [low] } })
  await party.call('putAlerts', { body: { alerts: [{ ...low, threshold: 10 }] } })
  const { entries } = (await party.call('listEntries', {})).body as { entries: { kind: string }[] }
  expect(entries.filter(({ kind }) => kind === 'alert-noted')).toMatchObject([
    { isReached: false, threshold: 10 },
    { isReached: true, threshold: 150 },
  ])
})
