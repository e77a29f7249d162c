import { describe, expect } from 'vitest'
import { test } from '../support/fixtures.ts'
import type { HttpRuntime } from '../support/http-runtime.ts'

const path = '/local/pay'
const good = { country: 'US', paymentMethod: 'credit-card', standing: 'good' }
let runtime: HttpRuntime
let back: string

test.beforeAll(async ({ http }) => {
  runtime = http
  back = `${http.url}/teams/acme/plan?payment=acme~p1`
  const ops = await http.tokenFor(['ops:admin'])
  const put = (target: string, body: object, token: string, method = 'PUT') =>
    http.send({ method, path: target, token, body: JSON.stringify(body) })
  await put('/v1/teams/acme', { name: '<b>Acme & "sons"</b>', ...good }, ops)
  await put('/local/payments/acme', { behaviour: 'decline' }, ops)
  const admin = await http.tokenFor(['hub:read', 'hub:write'], 'acme', 'admin')
  await put('/v1/teams/acme/token-purchases', { purchaseId: 'p1', tokens: 100 }, admin, 'POST')
  await http.settle()
})

const show = (query: Record<string, string>) =>
  runtime.send({ method: 'GET', path: `${path}?${new URLSearchParams(query)}` })

function post(form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
  const body = new URLSearchParams(form)
  return fetch(`${runtime.url}${path}`, { method: 'POST', body, headers, redirect: 'manual' })
}

async function purchase(): Promise<unknown> {
  const token = await runtime.tokenFor(['hub:read'], 'acme', 'admin')
  const { body } = await runtime.send({ method: 'GET', path: '/v1/teams/acme/token-purchases', token })
  return body.purchases
}

describe('the payment page of the sandbox', () => {
  test.for([
    ['en', 'This page plays the payment processor', 'Pay $300.00 with a test card'],
    ['ja', '決済サービスの代わりをするページ', 'テスト用カードで $300.00 を支払う'],
  ] as const)(
    'says in %s what it is and what is paid, with every text escaped',
    async ([language, is, pay]) => {
      const { status, headers, text } = await show({
        team: 'acme',
        reference: 'acme~p1',
        return: back,
        language,
      })
      expect(status).toBe(200)
      for (const part of [`lang="${language}"`, is, pay, '&lt;b&gt;Acme &amp; &quot;sons&quot;&lt;/b&gt;'])
        expect(text).toContain(part)
      expect(text).not.toMatch(/<script|<b>| style=/)
      const policy = String(headers['content-security-policy'])
      expect(policy).toMatch(
        /^default-src 'none'; style-src 'sha256-.*'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
      )
    },
  )

  test('refuses to return to another origin, or to what is no address', async () => {
    const others = ['https://evil.example/', '//evil.example/', 'javascript:alert(1)', '/teams/acme/plan', '']
    const asUser = `${runtime.url.replace('//', '//user@evil.example:')}/`
    for (const other of [...others, 'http://127.0.0.1:1/', asUser]) {
      expect(await show({ team: 'acme', return: other })).toMatchObject({ status: 400 })
      expect((await post({ team: 'acme', return: other, act: 'paypal' })).status).toBe(400)
    }
  })

  test.for([
    ['a team that does not exist', { team: 'nobody' }, 404],
    ['an id that is none', { team: 'a/../b' }, 400],
    ['a reference of another team', { team: 'acme', reference: 'other~p1' }, 400],
    ['a text that is no reference', { team: 'acme', reference: '<script>' }, 400],
    ['a language that it does not have', { team: 'acme', language: 'fr' }, 400],
  ] as const)('refuses %s', async ([, query, status]) => {
    expect((await show({ ...query, return: back })).status).toBe(status)
  })

  test('offers no payment for what is not open', async () => {
    const { text } = await show({ team: 'acme', reference: 'acme~unknown', return: back })
    expect(text).toContain('There is nothing open under this reference.')
    expect(text).not.toContain('value="pay"')
  })

  test('refuses a form of another origin, and an act that it does not have', async () => {
    const form = { team: 'acme', reference: 'acme~p1', return: back }
    const foreign = await post({ ...form, act: 'pay' }, { origin: 'https://evil.example' })
    expect(foreign.status).toBe(400)
    expect((await post({ ...form, act: 'refund' })).status).toBe(400)
    expect(await purchase()).toMatchObject([{ status: 'payment-failed' }])
  })

  test('reports a decline and a payment on the bus, and then returns', async () => {
    const form = { team: 'acme', reference: 'acme~p1', return: back }
    const declined = await post({ ...form, act: 'decline' })
    expect([declined.status, declined.headers.get('location')]).toEqual([303, back])
    expect(await purchase()).toMatchObject([{ status: 'payment-failed' }])
    // A second click finds nothing open, and money that came twice would be credit.
    const paid = await Promise.all([post({ ...form, act: 'pay' }), post({ ...form, act: 'pay' })])
    expect(paid.map(({ status }) => status)).toEqual([303, 303])
    expect(await purchase()).toMatchObject([{ status: 'granted', receipt: { number: 1 } }])
    const token = await runtime.tokenFor(['hub:read'], 'acme', 'admin')
    const { body } = await runtime.send({ method: 'GET', path: '/v1/teams/acme/balance', token })
    expect(body.payAsYouGo).not.toHaveProperty('creditUsdCents')
  })

  test('sets the payment method through the API, and its payments succeed from then on', async () => {
    expect((await post({ team: 'acme', return: back, act: 'paypal' })).status).toBe(303)
    const token = await runtime.tokenFor(['hub:read', 'hub:write'], 'acme', 'admin')
    const { body } = await runtime.send({ method: 'GET', path: '/v1/teams/acme', token })
    expect(body).toMatchObject({ name: '<b>Acme & "sons"</b>', paymentMethod: 'paypal', standing: 'good' })
    const order = JSON.stringify({ purchaseId: 'p2', tokens: 100 })
    const bought = { method: 'POST', path: '/v1/teams/acme/token-purchases', token, body: order }
    expect(await runtime.send(bought)).toMatchObject({ status: 201, body: { status: 'granted' } })
  })
})
