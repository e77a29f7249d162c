import { expect } from 'vitest'
import { test } from '../support/fixtures.ts'
import type { Party } from '../support/party.ts'
import { putItems } from '../support/put-items.ts'
import { type UseOfDay, usageItems } from '../support/usage-rows.ts'

/* The launch's deadline is 2026-01-17T00:00:00Z. */

test.override('clockStart', '2026-01-03T09:00:00Z')

const profile = { name: 'Acme', country: 'US', paymentMethod: 'credit-card', standing: 'good' }

interface Check {
  readonly deadlineAt: string
  readonly refusals: readonly { readonly code: string; readonly title: string; readonly missing: unknown }[]
  readonly apps: readonly {
    readonly appId: string
    readonly refusal: { readonly code: string; readonly index: number }
    readonly uses: readonly { readonly meter: string; readonly quantity: number }[]
  }[]
  readonly cursor?: string
}

async function read(party: Party, query: Record<string, string> = {}, language = 'en'): Promise<Check> {
  const headers = { 'accept-language': language }
  const { status, body } = await party.call('getDeadlineCheck', { query, headers })
  expect(status).toBe(200)
  return body as unknown as Check
}

async function register(party: Party, appIds: readonly string[]): Promise<void> {
  await party.call('registerTeam', { body: profile })
  for (const appId of appIds)
    await party.call('registerApp', { params: { appId }, body: { teamId: 'acme', name: `App ${appId}` } })
}

const use = (appId: string, day: string, meter = 'automation-autocad'): UseOfDay => ({
  appId,
  meter,
  day,
  quantity: 100,
})

test('each app that would stop has its calls of the last seven days and its reason', async ({
  party,
  table,
}) => {
  await register(party, ['drill', 'viewer'])
  await putItems(
    table,
    usageItems('acme', [
      use('viewer', '2025-12-27'),
      use('viewer', '2025-12-28'),
      use('viewer', '2026-01-03'),
      use('viewer', '2026-01-01', 'data-management'),
    ]),
  )
  const { refusals, ...rest } = await read(party)
  expect(rest).toEqual({
    at: '2026-01-03T09:00:00Z',
    deadlineAt: '2026-01-17T00:00:00Z',
    from: '2025-12-28',
    to: '2026-01-03',
    apps: [
      { appId: 'drill', name: 'App drill', refusal: { code: 'APP_NOT_IN_HUB', index: 0 }, uses: [] },
      {
        appId: 'viewer',
        name: 'App viewer',
        refusal: { code: 'APP_NOT_IN_HUB', index: 0 },
        uses: [
          { meter: 'automation-autocad', quantity: 200 },
          { meter: 'data-management', quantity: 100 },
        ],
      },
    ],
  })
  expect(refusals).toEqual([
    {
      code: 'APP_NOT_IN_HUB',
      title: 'The app is not in a developer hub',
      detail: expect.any(String),
      resolve: expect.any(String),
      missing: [{ code: 'APP_NOT_IN_HUB' }, { code: 'NO_PLAN' }],
    },
  ])
  expect((await read(party, {}, 'ja')).refusals[0]?.title).toBe(
    'アプリがデベロッパーハブに移行されていません',
  )
})

test('the refusal is word for word the one that the app meets after the deadline', async ({
  party,
  clock,
}) => {
  await register(party, ['viewer'])
  const [refusal] = (await read(party)).refusals
  clock.time = Date.parse('2026-01-17T00:00:00Z')
  const use = { authorizationId: 'a', appId: 'viewer', meter: 'automation-autocad', quantity: 1 }
  const { body } = await party.call('authorizeUsage', { body: use })
  expect(body.refusal).toEqual(refusal)
  expect(await read(party)).toMatchObject({ refusals: [], apps: [] })
})

test('an app that complies is left out, and the others keep what they lack', async ({ party }) => {
  await register(party, ['drill', 'viewer'])
  await party.call('choosePlan', { body: { plan: 'free' } })
  await party.call('createHub', { body: { name: 'Hub' } })
  await party.call('moveApps', { body: { appIds: ['viewer'] } })
  const { apps, refusals } = await read(party)
  expect(apps.map(({ appId }) => appId)).toEqual(['drill'])
  expect(refusals.map(({ missing }) => missing)).toEqual([[{ code: 'APP_NOT_IN_HUB' }]])
})

test('a developer reads the same answer', async ({ party }) => {
  await register(party, ['viewer'])
  const claims = { scope: 'hub:read', sub: 's', team: 'acme', role: 'developer' }
  const { status, body } = await party.call('getDeadlineCheck', { claims })
  expect([status, body]).toEqual([200, await read(party)])
})

test('all of 120 apps are read in pages, each once and in their order', async ({ party }) => {
  const appIds = Array.from({ length: 120 }, (_, index) => `app-${String(index).padStart(3, '0')}`)
  await register(party, appIds)
  const found: string[] = []
  const sizes: number[] = []
  let cursor: string | undefined
  do {
    const page = await read(party, cursor === undefined ? {} : { cursor })
    found.push(...page.apps.map(({ appId }) => appId))
    sizes.push(page.apps.length)
    cursor = page.cursor
  } while (cursor !== undefined)
  expect(found).toEqual(appIds)
  expect(sizes).toEqual([50, 50, 20])
  expect((await party.call('getDeadlineCheck', { query: { cursor: 'no such cursor' } })).status).toBe(400)
})
