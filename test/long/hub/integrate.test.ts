import { createServer, type Server } from 'node:http'
import type { Page } from 'playwright-core'
import { afterEach, describe, expect } from 'vitest'
import { settled, signIn } from '../../support/browser.ts'
import { expectAccessible, expectNoSidewaysScrolling } from '../../support/page-checks.ts'
import { test } from '../../support/page-fixtures.ts'

/* The page for developers, its links, test events of webhooks, and the filters of the activity. */

const jobs = 'model-derivative-complex-job'
let receiver: Server
let received: string[] = []
let answer = 200

test.override('clockStart', '2026-10-20T09:00:00Z')
test.beforeAll(async ({ hub }) => {
  const profile = { name: 'Acme Works', country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  await hub.call('ops', 'PUT', '/v1/teams/acme', profile)
  await hub.call('ops', 'PUT', '/v1/teams/empty', { ...profile, name: 'Empty' })
  for (const appId of ['viewer', 'converter'])
    await hub.call('ops', 'PUT', `/v1/apps/${appId}`, { teamId: 'acme', name: `The ${appId}` })
  await hub.call('hub:acme', 'PUT', '/v1/teams/acme/plan', { plan: 'free' })
  await hub.call('hub:acme', 'PUT', '/v1/teams/acme/hub', { name: 'Acme hub' })
  await hub.call('hub:acme', 'POST', '/v1/teams/acme/hub/apps', { appIds: ['viewer', 'converter'] })
  receiver = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    received.push(body)
    response.writeHead(answer).end('<b>thanks</b>')
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
})
test.afterAll(() => void receiver.close())
afterEach(() => {
  received = []
  answer = 200
})

/** Opens a page whose browser lets it write to the clipboard, and the test read it. */
async function allowCopying(page: Page): Promise<() => Promise<unknown>> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  return () => page.evaluate('navigator.clipboard.readText()')
}

describe('the examples', () => {
  test('use the chosen app and meter, keep the choice in the URL, and are copied as they are', async ({
    hub,
  }) => {
    const page = await hub.visit('integrate', { team: 'acme' })
    const copied = await allowCopying(page)
    await page.getByRole('combobox', { name: 'App', exact: true }).selectOption('converter')
    await page.getByRole('combobox', { name: 'Meter', exact: true }).selectOption(jobs)
    await page.getByRole('radio', { name: 'Python' }).first().check({ force: true })
    const example = page.getByRole('figure').filter({ hasText: 'Authorize and capture for The converter' })
    await example.getByText(`"appId": "converter", "meter": "${jobs}"`).waitFor()
    await example.getByRole('button', { name: 'Copy: Authorize and capture' }).click()
    await example.getByRole('button', { name: 'Copied' }).waitFor()
    await expect.poll(copied).toContain(`"${hub.url}" + path`)
    await expect.poll(copied).toBe(await example.locator('code').textContent())
    await page.reload()
    await example.getByText('"appId": "converter"').waitFor()
    await page.getByRole('button', { name: 'Copy: Client id' }).click()
    await expect.poll(copied).toBe('converter')
  })

  test('the settings for agents have the address at which the MCP server answers', async ({ hub }) => {
    const page = await hub.visit('integrate', { team: 'acme' })
    const settings = page.getByRole('figure').filter({ hasText: 'Settings of an MCP client' })
    const text = await settings.locator('code').textContent()
    const { url } = JSON.parse(text ?? '').mcpServers.tollgate
    expect(url).toBe(`${hub.url}/mcp`)
    expect((await fetch(url, { method: 'POST' })).headers.get('www-authenticate')).toContain(
      'resource_metadata',
    )
  })

  test('the documentation comes with the page, and each page of it leads to others', async ({ hub }) => {
    const page = await hub.visit('integrate', { team: 'acme' })
    const list = page.getByRole('list', { name: 'Documentation' }).getByRole('link')
    const paths = await list.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
    expect(paths).toHaveLength(4)
    for (const path of paths) {
      const guide = await hub.open(path)
      await guide.getByRole('heading', { level: 1 }).waitFor()
      await expectAccessible(guide)
      await expectNoSidewaysScrolling(guide)
    }
    const guide = await hub.open('/docs/mcp.html')
    await guide.getByRole('link', { name: 'quotes' }).first().click()
    await guide.getByRole('heading', { level: 1, name: 'Quotes' }).waitFor()
  })

  test('a team without an app is led to its apps', async ({ hub }) => {
    const page = await hub.visit('integrate', { team: 'empty' })
    await page.getByRole('heading', { name: 'The team has no app yet' }).waitFor()
  })

  test('a developer may read the page', async ({ hub }) => {
    const page = await hub.visit('integrate', { team: 'acme', role: 'developer', language: 'ja' })
    await page.getByText('Flexトークンが不足しています').waitFor()
  })
})

test('a link to a code shows that code', async ({ hub }) => {
  const page = await hub.visit('integrate', { team: 'acme' })
  await settled(page)
  await page.goto(`${hub.url}/teams/acme/integrate#SPEND_LIMIT_REACHED`)
  const code = page.locator('#SPEND_LIMIT_REACHED')
  await expect.poll(async () => (await code.boundingBox())?.y ?? 9_999).toBeLessThan(900)
  await page.locator('#SPEND_LIMIT_REACHED:focus').waitFor()
})

const settingsPath = '/v1/teams/acme/notifications'

/** Adds webhooks that lead to the receiver, and returns their addresses. */
async function addHooks(hub: { call: (...sent: [string, string, string, object]) => Promise<unknown> }) {
  const address = receiver.address()
  const port = typeof address === 'object' ? address?.port : ''
  const urls = ['one', 'two'].map((name) => `http://127.0.0.1:${port}/${name}`)
  await hub.call('hub:acme', 'PUT', settingsPath, { emails: [], webhooks: urls.map((url) => ({ url })) })
  return urls
}

describe('a webhook', () => {
  test('gets a test event, and the page shows the message, the answer and its text as text', async ({
    hub,
  }) => {
    const [url = ''] = await addHooks(hub)
    const page = await hub.visit('notifications', { team: 'acme' })
    await page.getByRole('button', { name: `Send test event to ${url}` }).click()
    const result = page.getByRole('status').filter({ hasText: 'Test event of' })
    await result.getByText('status 200').first().waitFor()
    const [message = ''] = received
    await result.getByText(message).waitFor()
    await result.getByText('<b>thanks</b>').waitFor()
    await page.getByRole('row').filter({ hasText: 'WebhookTest' }).getByText('Delivered').waitFor()
    await page.getByRole('button', { name: `Send test event to ${url}` }).click()
    await page.getByRole('heading', { name: 'Tested just now' }).waitFor()
    expect(received).toHaveLength(1)
    await expectAccessible(page)
    await expectNoSidewaysScrolling(page)
  })

  test('that answers with an error is a failed test in the language of the page', async ({ hub }) => {
    const [, url = ''] = await addHooks(hub)
    answer = 503
    const page = await hub.visit('notifications', { team: 'acme', language: 'ja' })
    await page.getByRole('button', { name: `${url} にテストイベントを送信` }).click()
    const result = page.getByRole('status').filter({ hasText: 'テストイベント' })
    await result.getByText('ステータス 503').first().waitFor()
    await page.getByRole('row').filter({ hasText: 'ステータス 503' }).getByText('失敗').waitFor()
    await expectAccessible(page)
  })

  test('shows its new secret next to that of another one, until each is dismissed', async ({ hub }) => {
    const [one = '', two = ''] = await addHooks(hub)
    const page = await hub.visit('notifications', { team: 'acme' })
    const copied = await allowCopying(page)
    for (const url of [one, two]) await page.getByRole('button', { name: `Renew secret of ${url}` }).click()
    const secrets = page.getByRole('alert').locator('code')
    await expect.poll(() => secrets.count()).toBe(2)
    await page.getByRole('button', { name: `Copy: Signing secret of ${two}` }).click()
    await expect.poll(copied).toBe(await secrets.nth(1).textContent())
    await page.getByRole('button', { name: `I have stored the secret of ${one}` }).click()
    await expect.poll(() => secrets.count()).toBe(1)
  })

  test('is removed only after a question that names it', async ({ hub }) => {
    const [one = '', two = ''] = await addHooks(hub)
    const page = await hub.visit('notifications', { team: 'acme' })
    const dialog = page.getByRole('dialog', { name: `Remove ${one}?` })
    await page.getByRole('button', { name: `Remove ${one}` }).click()
    await dialog.getByRole('button', { name: 'Keep' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('heading', { name: one, exact: true }).waitFor()
    await page.getByRole('button', { name: `Remove ${one}` }).click()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('heading', { name: one, exact: true }).waitFor({ state: 'detached' })
    await page.getByRole('heading', { name: two, exact: true }).waitFor()
  })
})

describe('the activity', () => {
  test('is filtered in the URL, leads to the entry of an act, and is saved as CSV', async ({ hub }) => {
    const page = await hub.visit('activity', { team: 'acme' })
    const acts = page.getByRole('list', { name: 'Acts, newest first' }).getByRole('listitem')
    await page.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'App moved' })
    await expect.poll(() => acts.count()).toBe(2)
    expect(page.url()).toContain('kind=app-moved')
    await page.getByRole('combobox', { name: 'App, member or webhook' }).selectOption('viewer')
    await expect.poll(() => acts.count()).toBe(1)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download CSV' }).click()
    const file = await (await download).createReadStream()
    let csv = ''
    for await (const chunk of file) csv += chunk
    expect(csv.split('\r\n').map((line) => line.split(',').slice(1, 4).join())).toEqual([
      'actor,kind,target',
      'acme,app-moved,viewer',
      '',
    ])
    await expectAccessible(page)
    await expectNoSidewaysScrolling(page)
    await acts.first().getByRole('link').click()
    await page.waitForURL('**/statement?*kind=app-moved*')
    await page.locator('.entry').filter({ hasText: 'The viewer' }).first().waitFor()
  })

  test('says so where nothing matches, and clears its filters', async ({ hub }) => {
    const page = await hub.open('/teams/acme/activity?target=nothing')
    await signIn(page, { team: 'acme' })
    await page.getByText('Nothing matches these filters.').waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await page.getByRole('link', { name: 'Named the developer hub' }).waitFor()
    expect(page.url()).not.toContain('target')
  })
})

describe.each(['en', 'ja'] as const)('in %s', (language) => {
  test('the page can be used by everybody, everywhere', async ({ hub }) => {
    const page = await hub.visit('integrate', { team: 'acme', language })
    await settled(page)
    await expectAccessible(page)
    await expectNoSidewaysScrolling(page)
  })
})

test('no visitor saw an error on the console', ({ hub }) => {
  // A test event that comes too early is a conflict, which the browser reports.
  expect(hub.faults.filter((fault) => !/status of 409/.test(fault))).toEqual([])
})
