import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { settled } from '../../support/browser.ts'
import { expectAccessible, expectNoSidewaysScrolling } from '../../support/page-checks.ts'
import { test } from '../../support/page-fixtures.ts'

let answer = 500
const receiver = createServer((_, response) => response.writeHead(answer).end())

test.beforeAll(async ({ hub }) => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const profile = { name: 'Acme Works', country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  const admin = { memberId: 'first', email: 'first@example.com' }
  await hub.call('ops', 'PUT', '/v1/teams/acme', { ...profile, admin })
  await hub.call('hub:acme', 'PUT', '/v1/teams/acme/plan', { plan: 'free' })
})
test.afterAll(() => void receiver.close())

const settingsPath = '/v1/teams/acme/notifications'

/** The settings of an answer as they are sent. */
const sendable = ({ language, emails, webhooks }: Record<string, unknown>) => ({
  language,
  emails,
  webhooks: (webhooks as { url: string }[]).map(({ url }) => ({ url })),
})

/** Holds writes until they are released, so that another one can be meant meanwhile; `writes` is what was written. */
async function holdWrites(page: Page, glob: string) {
  const writes: unknown[] = []
  const released = Promise.withResolvers<void>()
  await page.route(glob, async (route) => {
    if (route.request().method() !== 'GET') {
      writes.push(route.request().postDataJSON())
      await released.promise
    }
    await route.continue()
  })
  return { writes, release: released.resolve }
}

describe('members', () => {
  test('an added member is listed, and the page says why a second time is refused', async ({ hub }) => {
    const page = await hub.visit('members', { team: 'acme' })
    const email = page.getByRole('textbox', { name: 'E-mail address' })
    await email.fill('second@example.com')
    await page.getByRole('button', { name: 'Invite' }).click()
    await page.getByRole('rowheader', { name: 'second@example.com' }).waitFor()
    await email.fill('SECOND@example.com')
    await page.getByRole('button', { name: 'Invite' }).click()
    await page.locator('.react-aria-FieldError').waitFor()
    await expect.poll(() => email.inputValue()).toBe('SECOND@example.com')
    const { members } = await hub.call('hub:acme', 'GET', '/v1/teams/acme/members')
    expect(members).toMatchObject([{ memberId: 'first' }, { email: 'second@example.com', role: 'developer' }])
  })

  test('the last admin cannot be removed, and the page says so', async ({ hub }) => {
    const page = await hub.visit('members', { team: 'acme' })
    await page.getByRole('button', { name: 'Change first@example.com' }).click()
    const dialog = page.getByRole('dialog', { name: 'first@example.com' })
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Remove from team' }).click()
    await page.getByRole('dialog', { name: /^Remove .* from the team\?$/ }).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await dialog.getByRole('alert').waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('rowheader', { name: 'first@example.com' }).waitFor()
  })

  test('a developer sees the members and changes nothing', async ({ hub }) => {
    const page = await hub.visit('members', { team: 'acme', role: 'developer' })
    await page.getByRole('rowheader', { name: 'first@example.com' }).waitFor()
    await expect
      .poll(() => page.getByRole('button', { name: 'Change first@example.com' }).isDisabled())
      .toBe(true)
    await expect.poll(() => page.getByRole('button', { name: 'Invite' }).isDisabled()).toBe(true)
  })
})

describe('the activity', () => {
  test('says who did what, the newest first', async ({ hub }) => {
    await hub.call('hub:acme', 'PUT', '/v1/teams/acme/members/third', {
      email: 'third@example.com',
      role: 'admin',
    })
    const page = await hub.visit('activity', { team: 'acme' })
    const newest = page.getByRole('list', { name: 'Acts, newest first' }).getByRole('listitem').first()
    await newest.getByRole('link', { name: 'Invited third@example.com as Admin' }).waitFor()
    await newest.getByText('acme', { exact: true }).waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScrolling(page)
  })

  test('a developer has neither this page nor those with money', async ({ hub }) => {
    const page = await hub.visit('overview', { team: 'acme', role: 'developer' })
    await page.getByRole('link', { name: 'Usage' }).first().waitFor()
    for (const name of ['Activity', 'Statement', 'Invoices'])
      expect(await page.getByRole('link', { name, exact: true }).count()).toBe(0)
    for (const path of ['activity', 'statement', 'invoices'] as const) {
      await hub
        .visit(path, { team: 'acme', role: 'developer' })
        .then((shown) => shown.getByRole('heading', { name: 'Not found' }).waitFor())
    }
  })
})

describe('a person in several teams', () => {
  const person = 'sora@example.com'
  const signInAs = async (page: Page, email: string) => {
    await page.getByRole('radio').nth(2).check({ force: true })
    await page.getByRole('searchbox').fill(email)
    await page.getByRole('listitem').filter({ hasText: email }).getByRole('button').click()
    await page.waitForURL((url) => !url.pathname.startsWith('/local/'))
  }

  test('accepts and declines invitations, and switches between teams', async ({ hub }) => {
    const profile = { country: 'US', paymentMethod: 'none', standing: 'good' }
    for (const team of ['acme', 'bolt', 'cedar']) {
      if (team !== 'acme') await hub.call('ops', 'PUT', `/v1/teams/${team}`, { ...profile, name: team })
      const body = { email: person, role: team === 'bolt' ? 'admin' : 'developer' }
      await hub.call(`hub:${team}`, 'PUT', `/v1/teams/${team}/members/sora`, body)
    }
    const page = await hub.open('/')
    await signInAs(page, person)
    await page.getByRole('heading', { level: 1, name: 'Open invitations' }).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Accept the invitation of Acme Works' }).click()
    await page.getByRole('link', { name: '2 open invitations' }).click()
    await page.getByRole('button', { name: 'Decline the invitation of cedar' }).click()
    await page.getByRole('button', { name: 'Decline the invitation of cedar' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Accept the invitation of bolt' }).click()
    await page.getByRole('link', { name: 'To your team' }).click()
    const teams = page.getByRole('combobox', { name: 'Team', exact: true })
    await teams.selectOption({ label: 'bolt' })
    await page.waitForURL('**/teams/bolt/overview')
    await page.locator('.header').getByText('Admin', { exact: true }).waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScrolling(page)
    await teams.selectOption({ label: 'Acme Works' })
    await page.waitForURL('**/teams/acme/overview')
    await page.locator('.header').getByText('Developer', { exact: true }).waitFor()
    await hub.call('hub:acme', 'DELETE', '/v1/teams/acme/members/sora')
    await page.goto('/')
    await page.waitForURL('**/teams/bolt/overview')
  })
})

describe('notifications', () => {
  test('a webhook that fails is shown, and sent again when it is mended', async ({ hub }) => {
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/notified`
    const page = await hub.visit('notifications', { team: 'acme' })
    await page.getByRole('textbox', { name: 'E-mail address' }).fill('team@example.com')
    await page.getByRole('button', { name: 'Add address' }).click()
    await page.getByRole('button', { name: 'Remove team@example.com' }).waitFor()

    await page.getByRole('textbox', { name: 'Address of a new webhook' }).fill(url)
    await page.getByRole('button', { name: 'Add webhook' }).click()
    const secret = page.getByRole('alert').locator('code')
    await secret.waitFor()
    await expect.poll(() => secret.textContent()).toMatch(/^whsec_/)
    await page.getByRole('heading', { name: url }).waitFor()

    await hub.call('ops', 'PUT', '/v1/teams/acme/suspension', { reason: 'a test' })
    const row = page.getByRole('row').filter({ hasText: 'TeamSuspended' }).filter({ hasText: 'status 500' })
    await row.getByRole('cell', { name: url, exact: true }).waitFor()
    answer = 204
    await hub.call('local', 'PUT', '/local/clock', { now: '2026-10-22T09:00:00Z' })
    await page
      .getByRole('row')
      .filter({ hasText: 'TeamSuspended' })
      .filter({ hasText: 'status 204' })
      .waitFor()
    await hub.call('ops', 'DELETE', '/v1/teams/acme/suspension')
  })

  test('two addresses that are removed one after the other stay removed', async ({ hub }) => {
    const before = await hub.call('hub:acme', 'GET', settingsPath)
    const emails = ['one@example.com', 'two@example.com']
    await hub.call('hub:acme', 'PUT', settingsPath, { ...sendable(before), emails })
    const page = await hub.visit('notifications', { team: 'acme' })
    const remove = async (email: string) => {
      await page.getByRole('button', { name: `Remove ${email}` }).click()
      const dialog = page.getByRole('dialog', { name: `Remove ${email}?` })
      await dialog.getByRole('button', { name: 'Remove' }).click()
      return dialog
    }
    const { writes, release } = await holdWrites(page, '**/teams/acme/notifications')
    const dialog = await remove('one@example.com')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await remove('two@example.com')
    release()
    await page.getByText('No address yet').waitFor()
    expect(writes).toHaveLength(2)
    expect(await hub.call('hub:acme', 'GET', settingsPath)).toMatchObject({ emails: [] })
  })

  test('a webhook that is sent twice by the enter key is made once; its secret is shown next to the next address', async ({
    hub,
  }) => {
    const page = await hub.visit('notifications', { team: 'acme' })
    const { writes, release } = await holdWrites(page, '**/teams/acme/notifications')
    const field = page.getByRole('textbox', { name: 'Address of a new webhook' })
    await field.fill('https://example.com/twice')
    await field.press('Enter')
    await page
      .getByRole('button', { name: 'Add webhook', disabled: true })
      .or(page.locator('[data-pending]'))
      .first()
      .waitFor()
    await field.press('Enter')
    await field.fill('https://example.com/next')
    release()
    await page.getByRole('alert').locator('code').waitFor()
    expect(writes).toHaveLength(1)
    await expect.poll(() => field.inputValue()).toBe('https://example.com/next')
  })

  test('an invalid address is reported next to the field, and stays typed', async ({ hub }) => {
    const page = await hub.visit('notifications', { team: 'acme', language: 'ja' })
    const field = page.getByRole('textbox', { name: '新しい Webhook のアドレス' })
    await field.fill('http://example.com/plain')
    await page.getByRole('button', { name: 'Webhook を追加' }).click()
    await page.locator('.react-aria-FieldError').waitFor()
    await expect.poll(() => field.inputValue()).toBe('http://example.com/plain')
    await field.fill('https://example.com/other')
    await page.locator('.react-aria-FieldError').waitFor({ state: 'detached' })
  })
})

describe.each(['en', 'ja'] as const)('in %s', (language) => {
  test.for(['members', 'notifications'] as const)(
    '%s can be used by everybody, everywhere',
    async (name, { hub }) => {
      const page = await hub.visit(name, { team: 'acme', language })
      await settled(page)
      await expectAccessible(page)
      await expectNoSidewaysScrolling(page)
    },
  )
})

test('no visitor saw an error on the console', ({ hub }) => {
  // Refusals of the API are in the browser's console, whatever the page does with it.
  const unexpected = hub.faults.filter((fault) => !/status of 4(00|09)/.test(fault))
  expect(unexpected).toEqual([])
})
