import { expect } from 'vitest'
import { readVersions } from '../../lambdas/store/versions.ts'
import { test } from '../support/fixtures.ts'
import { foundAcme } from '../support/party.ts'

const profile = { teamId: 'acme', name: 'Drill' }
const appIds = Array.from({ length: 12 }, (_, index) => `drill-${index}`)

test('apps of one team that are registered at once are all registered, and each counts once', async ({
  party,
}) => {
  await foundAcme(party)
  const { setup } = await readVersions(party.deps.table, 'acme')
  const register = () =>
    Promise.all(appIds.map((appId) => party.call('registerApp', { params: { appId }, body: profile })))
  expect((await register()).map(({ status }) => status)).toEqual(appIds.map(() => 200))
  const after = await readVersions(party.deps.table, 'acme')
  expect(after.setup).toBe(setup + appIds.length)
  await register()
  expect(await readVersions(party.deps.table, 'acme')).toEqual(after)
  await party.call('moveApps', { body: { appIds } })
  expect((await readVersions(party.deps.table, 'acme')).setup).toBe(setup + 2 * appIds.length)
})

test('a team without apps, people, settings and use has the versions zero', async ({ party }) => {
  expect(await readVersions(party.deps.table, 'nobody')).toEqual({ setup: 0, usage: 0 })
})
