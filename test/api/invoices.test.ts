import { expect } from 'vitest'
import { callOverHttp } from '../scenarios/http-call.ts'
import type { Call } from '../scenarios/scenario-runner.ts'
import { test } from '../support/fixtures.ts'
import type { HttpRuntime } from '../support/http-runtime.ts'

/* One season of one team: a late unit of November is on December's bill, and a wrong charge is credited later. */

let runtime: HttpRuntime
let call: Call
let token: string
const team = 'acme <&> "sons"'

test.override('clockStart', '2027-11-20T12:00:00Z')
test.beforeAll(async ({ http }) => {
  runtime = http
  call = callOverHttp(runtime.url)
  await call('local', 'PUT', '/local/payments/acme', { behaviour: 'decline' })
  const good = { country: 'JP', paymentMethod: 'paypal', standing: 'good' }
  await call('ops', 'PUT', '/v1/teams/acme', { name: team, ...good })
  await call('ops', 'PUT', '/v1/apps/acme-app', { teamId: 'acme', name: 'app' })
  await call('hub:acme', 'PUT', '/v1/teams/acme/hub', { name: 'hub' })
  await call('hub:acme', 'POST', '/v1/teams/acme/hub/apps', { appIds: ['acme-app'] })
  await call('hub:acme', 'PUT', '/v1/teams/acme/plan', { plan: 'paid', payAsYouGo: true })
  await use('n1', '2027-11-20T12:00:00Z', 1_440)
  await clock('2027-12-03T00:00:00Z')
  await use('n2', '2027-11-30T00:00:00Z', 720)
  await use('d1', '2027-12-03T00:00:00Z', 720)
  const credit = { adjustmentId: 'c1', usdCents: 200, reason: 'one of them failed' }
  await call('ops', 'POST', '/v1/teams/acme/adjustments', credit)
  const body = JSON.stringify({ scopes: ['hub:read'], team: 'acme', role: 'admin' })
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${runtime.url}/local/tokens`, { method: 'POST', headers, body })
  token = ((await answer.json()) as { token: string }).token
})

const clock = (now: string) => call('local', 'PUT', '/local/clock', { now })

const use = (id: string, time: string, quantity: number) =>
  call('meter', 'POST', '/v1/usage', [
    {
      specversion: '1.0',
      type: 'aps.usage.v1',
      source: 'urn:test',
      id,
      subject: 'acme-app',
      time,
      data: { meter: 'automation-autocad', quantity },
    },
  ])

const invoice = async (period: string) =>
  (await call('hub:acme', 'GET', `/v1/teams/acme/invoices/${period}`)).body

const statusOf = async (period: string) => {
  const { invoices } = (await call('hub:acme', 'GET', '/v1/teams/acme/invoices')).body as {
    invoices: { period: string; status: string }[]
  }
  return invoices.find((listed) => listed.period === period)?.status
}

async function read(period: string, accept: string, language = 'en') {
  const headers = { authorization: `Bearer ${token}`, accept, 'accept-language': language }
  const answer = await fetch(`${runtime.url}/v1/teams/acme/invoices/${period}`, { headers })
  return { type: answer.headers.get('content-type'), text: await answer.text() }
}

test('a closed month never changes; what comes late, and what is given back, is on the next bill', async () => {
  const line = { meter: 'automation-autocad', units: 2, unitPriceUsdCents: 300, usdCents: 600 }
  expect(await invoice('2027-11')).toEqual({
    invoiceId: 'acme-2027-11',
    teamId: 'acme',
    teamName: team,
    teamVersion: 1,
    country: 'JP',
    period: '2027-11',
    number: 1,
    currency: 'USD',
    issuedAt: '2027-12-03T00:00:00Z',
    payBy: '2027-12-17T00:00:00Z',
    lines: [
      {
        ...line,
        entries: '/v1/teams/acme/entries?period=2027-11&meter=automation-autocad&source=pay-as-you-go',
      },
    ],
    usdCents: 600,
    creditUsdCents: 0,
    dueUsdCents: 600,
    paymentReference: 'acme~invoice:2027-11',
  })
  expect(await statusOf('2027-11')).toBe('due')
  await clock('2028-01-03T00:00:00Z')
  expect(await invoice('2027-12')).toMatchObject({
    lines: [{ units: 2, lateUnits: 1, usdCents: 600 }],
    creditUsdCents: 200,
    dueUsdCents: 400,
  })
  expect(await invoice('2027-10')).toMatchObject({ status: 404 })
})

test('the entries behind a line are those that its link shows', async () => {
  const link = '/v1/teams/acme/entries?period=2027-12&meter=automation-autocad&source=pay-as-you-go'
  const { entries } = (await call('hub:acme', 'GET', link)).body as { entries: { id: string }[] }
  expect(entries.map(({ id }) => id)).toEqual(['d1', 'n2'])
})

test('it is to be had as CSV and as a page to print, in English and Japanese, with names escaped', async () => {
  const csv = await read('2027-11', 'text/csv')
  expect(csv.type).toContain('text/csv')
  expect(csv.text.split('\r\n')).toEqual([
    'invoiceId,period,meter,units,unitPriceUsdCents,usdCents,lateUnits',
    'acme-2027-11,2027-11,automation-autocad,2,300,600,0',
    '',
  ])
  const page = await read('2027-12', 'text/html')
  expect(page.type).toContain('text/html')
  expect(page.text).toContain('acme &lt;&amp;&gt; &quot;sons&quot;')
  expect(page.text).not.toContain('<&>')
  for (const text of ['Invoice acme-2027-12', '$6.00', '-$2.00', '$4.00', 'of these 1 late'])
    expect(page.text).toContain(text)
  const japanese = await read('2027-12', 'text/html', 'ja')
  for (const text of ['lang="ja"', '請求書', 'お支払い額', '$4.00']) expect(japanese.text).toContain(text)
})

test('a payment that fails stops rated meters after 14 days, and one that settles brings them back at once', async () => {
  const ask = async (authorizationId: string) => {
    const body = { authorizationId, appId: 'acme-app', meter: 'automation-autocad', quantity: 1 }
    return (await call('meter', 'POST', '/v1/authorizations', body)).body as {
      decision: string
      refusal?: { code: string }
    }
  }
  expect((await ask('a1')).refusal?.code).toBe('PAYMENT_OVERDUE')
  expect(await statusOf('2027-11')).toBe('overdue')
  const paid = { paymentId: 'by-hand', invoiceOrPurchaseId: 'acme~invoice:2027-11', status: 'settled' }
  expect((await call('ops', 'POST', '/v1/payments', paid)).status).toBe(200)
  expect(await ask('a1')).toMatchObject({ decision: 'allow' })
  expect(await statusOf('2027-11')).toBe('paid')
})
