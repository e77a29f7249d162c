import { isDeepStrictEqual } from 'node:util'
import { describe, expect } from 'vitest'
import { isTagged } from '../../contract/call.ts'
import { operations } from '../../contract/calls.ts'
import type { Operation } from '../../contract/operation.ts'
import { dayMs } from '../../core/time/time.ts'
import { good, row, type Sent } from '../support/ask.ts'
import { type SetClock, test } from '../support/fixtures.ts'
import { foundAcme, type Party, type PartyAnswer } from '../support/party.ts'

/* Every read of the hub with everything that changes its answer: the ETag changes exactly with the answer. */

const reads = Object.entries<Operation>(operations).flatMap(([operationId, { call }]) =>
  isTagged(call) && call.route.function === 'hub' ? [operationId] : [],
)

/** Reads of what only the stream writes. */
const followers = [
  { operationId: 'getUsage', path: '/v1/teams/acme/usage?from=2026-02-01&to=2026-02-28' },
  { operationId: 'listDeliveries', path: '/v1/teams/acme/notifications/deliveries' },
]

/** Reads whose tag is known before their items are read. It may change without them, and never the other way round. */
const tooOften = ['getOnboarding']

/** Reads of what is not of one team. The page reads them at their own pace. */
const unannounced = ['getOffer', 'getMe']

/** Reads that a new day changes, too: the page reads everything again on the first balance of a day. */
const daily = ['getForecast', 'getDeadlineCheck']

/** Reads of what no later change touches, because it is fixed on the day of issue. */
const documents = ['getInvoice', 'getReceipt']

const usage = (id: string, time: string, quantity = 720) => ({
  body: [
    {
      specversion: '1.0',
      type: 'aps.usage.v1',
      source: 'urn:test',
      id,
      time,
      subject: 'viewer',
      data: { meter: 'automation-autocad', quantity },
    },
  ],
})

const profile = { name: 'Acme', country: 'US', paymentMethod: 'credit-card', standing: 'good' }

interface Change {
  readonly name: string
  readonly make: (party: Party, clock: SetClock) => Promise<unknown>
}

const call = (operationId: string, sent: Sent): Change => ({
  name: operationId,
  make: async (party) => expect((await party.call(operationId, sent)).status).toBeLessThan(300),
})

/** Each change is made on top of those before it. */
const changes: readonly Change[] = [
  call('recordUsage', usage('e1', '2026-02-20T10:00:00Z')),
  call('purchaseTokens', { body: { purchaseId: 'second', tokens: 100 } }),
  call('putMember', good.putMember ?? {}),
  call('putNotifications', { body: { emails: ['a@example.com'], webhooks: [] } }),
  call('putAlerts', { body: { alerts: [{ alertId: 'low', measure: 'tokens-left', threshold: 150 }] } }),
  call('limitApp', { body: { meter: 'automation-autocad', perPeriod: 5000 } }),
  call('makeBudget', {
    body: {
      budgetId: 'b1',
      name: 'Agent',
      appId: 'viewer',
      every: 'day',
      tokens: 1,
      endsAt: '2027-01-01T00:00:00Z',
    },
  }),
  call('registerApp', { params: { appId: 'drill' }, body: { teamId: 'acme', name: 'Drill' } }),
  call('choosePlan', { body: { plan: 'paid', payAsYouGo: true } }),
  call('recordUsage', usage('e2', '2026-02-20T10:00:00Z', 300 * 720)),
  call('registerTeam', { body: { ...profile, name: 'Acme Two' } }),
  call('suspendTeam', { body: { reason: 'abuse' } }),
  call('resumeTeam', {}),
  call('adjustTeam', { body: { adjustmentId: 'x', tokens: 5, reason: 'goodwill' } }),
  call('publishRateCard', {
    params: { version: '2027' },
    body: { effectiveAt: '2026-03-15T00:00:00Z', meters: [row({ meter: 'automation-autocad' })] },
  }),
  { name: 'a new month', make: async (_, clock) => (clock.time = Date.parse('2026-03-05T00:00:00Z')) },
  call('recordUsage', usage('e3', '2026-03-05T00:00:00Z')),
  call('reportPayment', {
    body: { paymentId: 'p', invoiceOrPurchaseId: 'acme~invoice:2026-02', status: 'settled' },
  }),
  call('reverseUsage', { body: { reversalId: 'x', source: 'urn:test', id: 'e1', reason: 'a mistake' } }),
  {
    name: 'a card takes effect',
    make: async (_, clock) => (clock.time = Date.parse('2026-03-16T00:00:00Z')),
  },
  { name: 'a lot expires', make: async (_, clock) => (clock.time += 400 * dayMs) },
]

const sentOf = (operationId: string, language: string, headers: Record<string, string> = {}): Sent => ({
  ...good[operationId],
  ...(operationId === 'getUsage' && { query: { from: '2026-02-01', to: '2026-02-28' } }),
  ...(operationId === 'getFocusExport' && { query: { from: '2026-02', to: '2026-03' } }),
  ...(operationId === 'getInvoice' && { params: { period: '2026-02' } }),
  ...(operationId === 'getReceipt' && { params: { purchaseId: 'first' } }),
  ...(operationId === 'getMe' && { claims: { scope: 'hub:read', sub: 'sora', person: 'sora@example.com' } }),
  headers: { 'accept-language': language, ...headers },
})

/** The answer without its own time, which the ETag ignores. */
const withoutTime = ({ body }: PartyAnswer) => ({ ...body, at: undefined })

const dayIn = ({ body }: PartyAnswer) => String(body.at).slice(0, 10)

async function readAll(party: Party): Promise<ReadonlyMap<string, PartyAnswer>> {
  const answers = new Map<string, PartyAnswer>()
  for (const operationId of reads)
    for (const language of ['en', 'ja'])
      answers.set(`${operationId} ${language}`, await party.call(operationId, sentOf(operationId, language)))
  return answers
}

test('the ETag of every read of the hub changes exactly when its answer does, 304 says so, and the balance changes with it', async ({
  party,
  clock,
}) => {
  await foundAcme(party)
  let before = await readAll(party)
  const changed = new Set<string>()
  for (const { name, make } of changes) {
    await make(party, clock)
    const after = await readAll(party)
    const isBalanceSame =
      before.get('getBalance en')?.headers.etag === after.get('getBalance en')?.headers.etag
    for (const [key, answer] of after) {
      const earlier = before.get(key)
      if (earlier?.status !== 200 || answer.status !== 200) continue
      const isSame = isDeepStrictEqual(withoutTime(earlier), withoutTime(answer))
      const [operationId = '', language = ''] = key.split(' ')
      const isTagSame = earlier.headers.etag === answer.headers.etag
      const isExact = isTagSame === isSame || (isSame && tooOften.includes(operationId))
      expect([name, key, isExact && 'right']).toEqual([name, key, 'right'])
      if (!isSame) changed.add(operationId)
      const isNewDay = daily.includes(operationId) && dayIn(earlier) !== dayIn(answer)
      const isAnnounced = isSame || !isBalanceSame || isNewDay || unannounced.includes(operationId)
      expect([name, key, isAnnounced && 'announced by the balance']).toEqual([
        name,
        key,
        'announced by the balance',
      ])
      const ifNoneMatch = { 'if-none-match': `"other", ${earlier.headers.etag}` }
      const again = await party.call(operationId, sentOf(operationId, language, ifNoneMatch))
      expect([name, key, again.status]).toEqual([name, key, isTagSame ? 304 : 200])
    }
    before = after
  }
  const steady: readonly string[] = [...documents, ...followers.map(({ operationId }) => operationId)]
  expect(reads.filter((operationId) => !changed.has(operationId))).toEqual(
    reads.filter((operationId) => steady.includes(operationId)),
  )
}, 60_000)

test.for(followers)('the ETag of $operationId follows the stream', async ({ path }, { http }) => {
  const { url, settle, tokenFor } = http
  const operator = await tokenFor(['ops:admin', 'aps:meter'])
  const admin = await tokenFor(['hub:read', 'hub:write'], 'acme', 'admin')
  const send = (method: string, place: string, token: string, body?: unknown, headers = {}) =>
    fetch(`${url}${place}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    })
  const read = (headers = {}) => send('GET', path, admin, undefined, headers)
  await send('PUT', '/v1/teams/acme', operator, profile)
  await send('PUT', '/v1/apps/viewer', operator, { teamId: 'acme', name: 'Viewer' })
  await send('PUT', '/v1/teams/acme/notifications', admin, { emails: ['a@example.com'], webhooks: [] })
  await settle()
  const etag = (await read()).headers.get('etag') ?? ''
  expect((await read({ 'if-none-match': etag })).status).toBe(304)
  const { body } = usage(path, '2026-02-20T10:00:00Z', 72_000)
  expect((await send('POST', '/v1/usage', operator, body)).status).toBe(200)
  await send('PUT', '/v1/teams/acme/suspension', operator, { reason: path })
  await settle()
  const after = await read({ 'if-none-match': etag })
  expect([after.status, after.headers.get('etag') === etag]).toEqual([200, false])
})

describe('If-Match', () => {
  const settings = (email: string) => ({ language: 'en', emails: [email], webhooks: [] })
  const etagOf = async (party: Party, operationId: string) =>
    String((await party.call(operationId, {})).headers.etag)

  test('the second of two writers of notifications gets a 412, and nothing is lost', async ({ party }) => {
    await foundAcme(party)
    const headers = { 'if-match': await etagOf(party, 'getNotifications') }
    const put = (email: string) => party.call('putNotifications', { body: settings(email), headers })
    expect((await put('first@example.com')).status).toBe(200)
    expect(await put('second@example.com')).toMatchObject({
      status: 412,
      body: { code: 'PRECONDITION_FAILED' },
    })
    const { emails } = (await party.call('getNotifications', {})).body
    expect(emails).toEqual(['first@example.com'])
  })

  test('the second of two writers of members gets a 412, and nothing is lost', async ({ party }) => {
    await foundAcme(party)
    const headers = { 'if-match': await etagOf(party, 'listMembers') }
    const put = (memberId: string) =>
      party.call('putMember', {
        params: { memberId },
        body: { email: `${memberId}@example.com`, role: 'admin' },
        headers,
      })
    expect((await put('sora')).status).toBe(200)
    expect((await put('mika')).status).toBe(412)
    const { members } = (await party.call('listMembers', {})).body
    expect(members).toMatchObject([{ memberId: 'sora' }])
  })

  test('a star matches any state, and a weak or an unknown tag matches none', async ({ party }) => {
    await foundAcme(party)
    const etag = await etagOf(party, 'getNotifications')
    const statuses = []
    for (const sent of ['*', `"x", ${etag}`, `W/${etag}`, '"x"', 'nonsense'])
      statuses.push(
        (
          await party.call('putNotifications', {
            body: settings('a@example.com'),
            headers: { 'if-match': sent },
          })
        ).status,
      )
    // The first write changes the state, so the tag that was read is out of date.
    expect(statuses).toEqual([200, 412, 412, 412, 412])
  })

  test('settings and members can be sent back as they were read', async ({ party }) => {
    await foundAcme(party)
    const url = 'https://example.com/hook'
    await party.call('putNotifications', { body: { emails: ['a@example.com'], webhooks: [{ url }] } })
    const { body: read, headers } = await party.call('getNotifications', {})
    const sent = { body: read, headers: { 'if-match': String(headers.etag) } }
    expect(await party.call('putNotifications', sent)).toMatchObject({ status: 200, body: read })
    await party.call('putMember', good.putMember ?? {})
    const { members } = (await party.call('listMembers', {})).body as { members: object[] }
    expect(await party.call('putMember', { body: members[0] })).toMatchObject({
      status: 200,
      body: members[0],
    })
  })
})
