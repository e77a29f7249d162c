import { describe, expect } from 'vitest'
import { auditTable } from '../../audit/table.ts'
import { type SetClock, test } from '../support/fixtures.ts'
import type { Party } from '../support/party.ts'

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
    expect({ ...body, payAsYouGo: 0 }).toEqual({ ...admins, payAsYouGo: 0, dues: undefined })
  })
})
