import { describe, expect } from 'vitest'
import { isOpenTo, pages } from '../../../hub/paths.ts'
import { settled } from '../../support/browser.ts'
import { expectReachableByKeyboard } from '../../support/keyboard-checks.ts'
import { expectLightFonts, expectNoSidewaysScrolling, expectReadable } from '../../support/page-checks.ts'
import { test } from '../../support/page-fixtures.ts'
import { expectWholeTexts, textFaults } from '../../support/text-faults.ts'

/* Every page of a team that has a little of everything, in both languages and on every screen. */

const jobs = 'model-derivative-complex-job'

test.override('clockStart', '2026-09-10T07:00:00Z')
test.beforeAll(async ({ hub }) => {
  const profile = {
    name: 'Acme Works Structural Engineering',
    country: 'US',
    paymentMethod: 'credit-card',
    standing: 'good',
  }
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
    const bytes = await expectLightFonts(shown)
    console.log(`${page} in ${language}: ${bytes} bytes of fonts`)
    await expectNoSidewaysScrolling(shown)
    await expectReadable(shown)
  })
})

test.for(pages)('%s is reached in all its parts by keyboard alone', async (page, { hub }) => {
  const shown = await hub.visit(page, { team: 'acme' })
  await settled(shown)
  await expectReachableByKeyboard(shown)
})

const forDevelopers = pages.filter((page) => isOpenTo('developer', page))

test.for(forDevelopers)('%s has whole texts for a developer on a phone', async (page, { hub }) => {
  const shown = await hub.visit(page, { team: 'acme', role: 'developer', language: 'ja', width: 390 })
  await settled(shown)
  await expectWholeTexts(shown, 'at 390 px')
})

test('the checks of texts find a text that is cut, that overflows, and a word on two lines', async ({
  hub,
}) => {
  const page = await hub.open('/signed-out')
  await page.getByRole('heading').waitFor()
  const add = (style: string, text: string) => {
    const element = "Object.assign(document.createElement('p'), { textContent: text })"
    const css = `Object.assign(element.style, ${style})`
    return page.evaluate(
      `((text) => { const element = ${element}; ${css}; document.body.append(element) })('${text}')`,
    )
  }
  await add("{ width: '3rem', overflowWrap: 'anywhere' }", 'Charged')
  await add("{ width: '3rem', overflow: 'hidden', whiteSpace: 'nowrap' }", 'Held by the team')
  await add("{ position: 'absolute', left: '-20rem', top: 0 }", 'Elsewhere')
  const found = String(await textFaults(page))
  for (const fault of [
    'broken word in p: Charged',
    'cut in p: Held',
    'outside of the window in p: Elsewhere',
  ])
    expect(found).toContain(fault)
})

test('no visitor saw an error on the console', ({ hub }) => expect(hub.faults).toEqual([]))
