import { describe, expect } from 'vitest'
import { auditTable } from '../../audit/table.ts'
import { activityKey } from '../../lambdas/store/keys.ts'
import { event } from '../support/ask.ts'
import { type SetClock, test } from '../support/fixtures.ts'
import { makerOf } from '../support/handler-makers.ts'
import type { Party } from '../support/party.ts'
import { putItems } from '../support/put-items.ts'

/* The activity of a team: who did what, and when. */

const address = (name: string) => `${name}@example.com`
const as = (name: string) => ({
  scope: 'hub:read hub:write',
  sub: `subject-of-${name}`,
  person: address(name),
})
const operator = { scope: 'ops:admin', sub: 'operator-7', person: 'operator@example.com' }
const profile = { name: 'Acme', country: 'US', paymentMethod: 'credit-card', standing: 'good' }

let party: Party
let clock: SetClock
test.beforeEach(async ({ party: fresh, clock: started }) => {
  party = fresh
  clock = started
  await succeed('registerTeam', operator, {
    body: { ...profile, admin: { memberId: 'aoi', email: address('aoi') } },
  })
  await succeed('acceptMembership', as('aoi'))
})

/** Makes a call one second after the previous one. */
async function succeed(operationId: string, claims: object, sent: object = {}): Promise<void> {
  clock.time += 1_000
  const { status, body } = await party.call(operationId, { ...sent, claims: { ...claims } })
  expect([operationId, status < 300, body.code]).toEqual([operationId, true, undefined])
}

interface Act {
  readonly actId: string
  readonly kind: string
  readonly actor: { readonly subject: string; readonly email?: string }
  readonly targetId?: string
}

async function activity(query: Record<string, string> = {}) {
  const { status, body } = await party.call('listActivity', { claims: as('aoi'), query })
  expect(status).toBe(200)
  return body as unknown as { activity: readonly Act[]; cursor?: string }
}
/** Each act as one line, oldest first. */
const told = async () =>
  (await activity()).activity
    .map(({ actor, kind, targetId }) => [actor.email ?? actor.subject, kind, targetId ?? ''].join(' ').trim())
    .toReversed()

test('lists members, settings and entries with the person who asked, and operators without their address', async () => {
  const member = { params: { memberId: 'sora' } }
  await succeed('putMember', as('aoi'), { ...member, body: { email: address('sora'), role: 'developer' } })
  await succeed('acceptMembership', as('sora'))
  await succeed('putMember', as('aoi'), { ...member, body: { email: address('sora'), role: 'admin' } })
  await succeed('createHub', as('sora'), { body: { name: 'Hub' } })
  await succeed('choosePlan', as('sora'), { body: { plan: 'paid' } })
  await succeed('purchaseTokens', as('sora'), { body: { purchaseId: 'order-1', tokens: 250 } })
  const emails = ['a@example.com']
  await succeed('putNotifications', as('aoi'), { body: { emails, webhooks: [] } })
  await succeed('leaveTeam', as('sora'))
  await succeed('suspendTeam', operator, { body: { reason: 'abuse' } })
  expect(await told()).toEqual([
    'operator-7 team-changed',
    'operator-7 member-invited aoi',
    'aoi@example.com member-joined aoi',
    'aoi@example.com member-invited sora',
    'sora@example.com member-joined sora',
    'aoi@example.com member-role-changed sora',
    'sora@example.com hub-named',
    'sora@example.com plan-changed',
    'sora@example.com purchase order-1',
    'aoi@example.com notifications-changed',
    'sora@example.com member-left sora',
    'operator-7 suspended',
  ])
})

test('names the member and the changed parts of the settings', async () => {
  const member = { params: { memberId: 'sora' } }
  await succeed('putMember', as('aoi'), { ...member, body: { email: address('sora'), role: 'developer' } })
  const webhooks = [{ url: 'https://receiver.example.com/' }]
  await succeed('putNotifications', as('aoi'), { body: { language: 'ja', emails: [], webhooks } })
  await succeed('removeMember', as('aoi'), member)
  expect((await activity()).activity).toMatchObject([
    { kind: 'invitation-withdrawn', targetId: 'sora', member: { email: address('sora'), role: 'developer' } },
    { kind: 'notifications-changed', changed: ['language', 'webhooks'] },
    { kind: 'member-invited', member: { email: address('sora'), role: 'developer' } },
    {},
    {},
    {},
  ])
})

test('notes no call that changes nothing', async () => {
  const body = { emails: ['a@example.com'], webhooks: [] }
  await succeed('putNotifications', as('aoi'), { body })
  const before = await told()
  await succeed('putNotifications', as('aoi'), { body })
  await succeed('acceptMembership', as('aoi'))
  await succeed('registerTeam', operator, { body: profile })
  expect(await told()).toEqual(before)
})

test('is read in pages, each act once', async () => {
  for (let number = 0; number < 7; number++)
    await succeed('adjustTeam', operator, {
      body: { adjustmentId: `a${number}`, usdCents: 1, reason: 'goodwill' },
    })
  const all = (await activity()).activity
  const pages: Act[] = []
  for (let cursor: string | undefined = '', rounds = 0; cursor !== undefined && rounds < 9; rounds++) {
    const page = await activity({ limit: '3', ...(cursor && { cursor }) })
    expect(page.activity.length).toBeLessThanOrEqual(3)
    pages.push(...page.activity)
    cursor = page.cursor
  }
  expect(pages).toEqual(all)
  expect(all).toHaveLength(10)
})

describe('a filter', () => {
  const linesOf = async (query: Record<string, string>) =>
    (await activity(query)).activity
      .map(({ actor, kind }) => `${actor.email ?? actor.subject} ${kind}`)
      .toReversed()

  test.beforeEach(async () => {
    const member = { params: { memberId: 'sora' } }
    await succeed('putMember', as('aoi'), { ...member, body: { email: address('sora'), role: 'admin' } })
    await succeed('acceptMembership', as('sora'))
    clock.time = Date.parse('2026-02-21T23:59:58Z')
    await succeed('createHub', as('sora'), { body: { name: 'Hub' } })
    await succeed('choosePlan', as('aoi'), { body: { plan: 'paid' } })
    await succeed('purchaseTokens', as('sora'), { body: { purchaseId: 'order-1', tokens: 250 } })
  })

  test('finds the acts of a person by address or by subject', async () => {
    const acts = ['sora@example.com member-joined', 'sora@example.com hub-named', 'sora@example.com purchase']
    expect(await linesOf({ actor: 'Sora@example.com' })).toEqual(acts)
    expect(await linesOf({ actor: 'subject-of-sora' })).toEqual(acts)
  })

  test('finds a kind, and what was done to a thing or to a member', async () => {
    expect(await linesOf({ kind: 'plan-changed' })).toEqual(['aoi@example.com plan-changed'])
    expect(await linesOf({ target: 'order-1' })).toEqual(['sora@example.com purchase'])
    expect(await linesOf({ target: address('sora'), actor: address('aoi') })).toEqual([
      'aoi@example.com member-invited',
    ])
  })

  test('includes both of its days to their last second', async () => {
    expect(await linesOf({ from: '2026-02-21', to: '2026-02-21' })).toEqual(['sora@example.com hub-named'])
    expect(await linesOf({ from: '2026-02-22' })).toEqual([
      'aoi@example.com plan-changed',
      'sora@example.com purchase',
    ])
    expect(await linesOf({ to: '2026-02-20' })).toHaveLength(5)
    expect(await linesOf({ from: '2026-02-23' })).toEqual([])
  })

  test('names the days that are in the wrong order', async () => {
    const query = { from: '2026-02-22', to: '2026-02-21' }
    const { status, body } = await party.call('listActivity', { claims: as('aoi'), query })
    expect([status, body.errors]).toEqual([
      400,
      [{ pointer: '/query/to', message: 'must not be before from' }],
    ])
  })

  test('examines a bounded number of acts, and its cursor leads on until the act is found', async ({
    table,
  }) => {
    const activityOfService = { at: 1, actor: 'x', kind: 'resumed' } as const
    const first = Date.parse('2026-03-01T00:00:00Z')
    const items = Array.from({ length: 1_100 }, (_, second) => ({
      ...activityKey('acme', first + second * 1_000, { version: 1_000 + second }),
      itemVersion: 1,
      activity: { ...activityOfService, at: first + second * 1_000 },
    }))
    await putItems(table, items)
    const pages = []
    let cursor: string | undefined
    do {
      const page = await activity({ kind: 'purchase', ...(cursor && { cursor }) })
      pages.push(page.activity.length)
      cursor = page.cursor
    } while (cursor !== undefined)
    expect(pages).toEqual([0, 0, 1])
  })
})

test('is available as CSV, in linked pages, with every formula made text', async () => {
  await succeed(
    'adjustTeam',
    { ...operator, sub: '=HYPERLINK("x"),1', person: undefined },
    {
      body: { adjustmentId: '-1-1', usdCents: 1, reason: 'goodwill' },
    },
  )
  const handler = (await makerOf('listActivity'))(party.deps, undefined as never)
  const headers = { accept: 'text/csv' }
  const page = (query: Record<string, string>) => handler(event('listActivity', { query, headers }))
  const { body, headers: sent } = await page({ limit: '2' })
  expect(sent['content-disposition']).toBe('attachment; filename="activity-acme.csv"')
  expect(body.split('\r\n')).toEqual([
    'at,actor,kind,target,entry,member,role,changed,reason',
    `2026-02-20T10:00:03Z,"'=HYPERLINK(""x""),1",adjustment,"'-1-1",2,,,,goodwill`,
    '2026-02-20T10:00:02Z,aoi@example.com,member-joined,aoi,,aoi@example.com,admin,,',
    '',
  ])
  const [, next = ''] = /activity\?(.*)>; rel="next"/.exec(sent.link ?? '') ?? []
  const rest = await page(Object.fromEntries(new URLSearchParams(next)))
  expect(rest.body).toContain('member-invited,aoi')
})

test('is clean in the audit, which compares the acts of entries with the journal', async ({ table }) => {
  await succeed('choosePlan', as('aoi'), { body: { plan: 'paid' } })
  await succeed('purchaseTokens', as('aoi'), { body: { purchaseId: 'order-1', tokens: 250 } })
  expect(await auditTable(table)).toMatchObject({ differences: 0 })
})

describe('the statement', () => {
  test('names the buyer of a purchase by address', async () => {
    await succeed('choosePlan', as('aoi'), { body: { plan: 'paid' } })
    await succeed('purchaseTokens', as('aoi'), { body: { purchaseId: 'order-1', tokens: 250 } })
    const { body } = await party.call('listEntries', { claims: as('aoi'), query: { kind: 'purchase' } })
    expect(body.entries).toMatchObject([
      { usdCents: 75_000, actor: { subject: 'subject-of-aoi', email: address('aoi') } },
    ])
  })

  test('names a service by its subject', async () => {
    await party.call('registerApp', { body: { teamId: 'acme', name: 'Viewer' } })
    await succeed('createHub', as('aoi'), { body: { name: 'Hub' } })
    await succeed('moveApps', as('aoi'), { body: { appIds: ['viewer'] } })
    await succeed('choosePlan', as('aoi'), { body: { plan: 'free' } })
    const work = { appId: 'viewer', meter: 'model-derivative-complex-job', quantity: 1 }
    const service = { scope: 'aps:meter', sub: 'translation-service' }
    await succeed('authorizeUsage', service, { body: { authorizationId: 'a1', ...work } })
    const { body } = await party.call('listEntries', { claims: as('aoi'), query: { limit: '1' } })
    expect(body.entries).toMatchObject([{ kind: 'authorization', actor: { subject: 'translation-service' } }])
    expect(await told()).not.toContainEqual(expect.stringContaining('authorization'))
  })
})

describe('a developer', () => {
  const developer = { ...as('sora') }
  test.beforeEach(async () => {
    const member = { params: { memberId: 'sora' }, body: { email: address('sora'), role: 'developer' } }
    await succeed('putMember', as('aoi'), member)
    await succeed('acceptMembership', developer)
    await succeed('choosePlan', as('aoi'), {
      body: { plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 5_000 },
    })
  })

  test.each(['listEntries', 'listActivity', 'listInvoices', 'getInvoice', 'listPurchases'])(
    'is refused %s',
    async (operationId) => {
      const { status, body } = await party.call(operationId, { claims: developer })
      expect([status, body.code]).toEqual([403, 'ADMIN_REQUIRED'])
    },
  )

  test('reads a balance and refusals without money', async () => {
    const { body: admins } = await party.call('getBalance', { claims: as('aoi') })
    const { status, body } = await party.call('getBalance', { claims: developer })
    expect(status).toBe(200)
    expect(body.payAsYouGo).toEqual({ enabled: true, period: '2026-02', lines: [] })
    expect(JSON.stringify(body)).not.toMatch(/usdCents|UsdCents/)
    expect(JSON.stringify(admins)).toMatch(/spendLimitUsdCents/)
    const hidden = { payAsYouGo: 0, dues: undefined, failedPurchases: undefined }
    expect({ ...body, payAsYouGo: 0 }).toEqual({ ...admins, ...hidden })
  })
})
