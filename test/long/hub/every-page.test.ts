import { describe, expect } from 'vitest'
import { pages } from '../../../hub/paths.ts'
import { settled } from '../../support/browser.ts'
import { expectAccessible, expectNoSidewaysScrolling } from '../../support/page-checks.ts'
import { test } from '../../support/page-fixtures.ts'

/* Every page of a team that has a little of everything, in both languages and on every screen. */

const jobs = 'model-derivative-complex-job'

test.override('clockStart', '2026-09-10T07:00:00Z')
test.beforeAll(async ({ hub }) => {
  const profile = { name: 'Acme Works', country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  const admin = { memberId: 'first', email: 'first@example.com' }
  await hub.call('ops', 'PUT', '/v1/teams/acme', { ...profile, admin })
  await hub.call('ops', 'PUT', '/v1/apps/viewer', { teamId: 'acme', name: 'Model viewer' })
  const acme = (method: string, path: string, body: object) =>
    hub.call('hub:acme', method, `/v1/teams/acme/${path}`, body)
  await acme('PUT', 'plan', { plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 100_000 })
  await acme('PUT', 'hub', { name: 'Acme hub' })
  await acme('POST', 'hub/apps', { appIds: ['viewer'] })
  await acme('PUT', 'apps/viewer/limits', { meter: jobs, perPeriod: 500 })
  await acme('PUT', 'notifications', { language: 'en', emails: ['team@example.com'], webhooks: [] })
  const use = async (authorizationId: string) => {
    const body = { authorizationId, appId: 'viewer', meter: jobs, quantity: 7 }
    await hub.call('meter', 'POST', '/v1/authorizations', body)
    await hub.call('meter', 'POST', `/v1/authorizations/${authorizationId}/captures`, {
      used: 7,
      final: true,
    })
  }
  await use('september')
  await hub.call('local', 'PUT', '/local/clock', { now: '2026-10-04T09:00:00Z' })
  await acme('POST', 'token-purchases', { purchaseId: 'order-1', tokens: 100 })
  await use('october')
})

describe.each(['en', 'ja'] as const)('in %s', (language) => {
  test.for(pages)('%s fits every screen and can be used by everybody', async (page, { hub }) => {
    const shown = await hub.visit(page, { team: 'acme', language })
    await settled(shown)
    await expectAccessible(shown)
    await expectNoSidewaysScrolling(shown)
  })
})

test('no visitor saw an error on the console', ({ hub }) => expect(hub.faults).toEqual([]))
