import { expect } from 'vitest'
import type { Sent } from '../support/ask.ts'
import { type SetClock, test } from '../support/fixtures.ts'
import { foundAcme, type Party, type PartyAnswer } from '../support/party.ts'

/* Acts of operators: each has a reason, a preview by the same decision, and a line in the team's activity. */

const reason = 'Agreed with support'
const claimsOf = (sub: string) => ({ scope: 'ops:admin', sub })
const profile = { name: 'Acme', country: 'US', paymentMethod: 'credit-card', standing: 'good' }
const row = { product: 'build', from: '2026-02-01' }

interface Act {
  /** The call by the nth of several operators, who each change something else. */
  readonly sent: (n: number) => Sent
  /** The call before it that gives it something to do. */
  readonly first?: readonly [string, Sent]
  /** The kind of its act. */
  readonly kind: string
  /** Facts of the preview that change. */
  readonly effect: Readonly<Record<string, readonly [before: unknown, after: unknown]>>
  /** The document that it replaces is the one that the operator has read. */
  readonly isTagged?: true
}

const acts: Readonly<Record<string, Act>> = {
  suspendTeam: {
    sent: (n) => ({ body: { reason: `${reason} ${n}` } }),
    kind: 'suspended',
    effect: { suspension: [undefined, `${reason} 1`], appsWorking: [1, 0] },
  },
  resumeTeam: {
    sent: (n) => ({ query: { reason: `${reason} ${n}` } }),
    first: ['suspendTeam', { body: { reason: 'abuse' } }],
    kind: 'resumed',
    effect: { suspension: ['abuse', undefined], appsWorking: [0, 1] },
  },
  adjustTeam: {
    sent: (n) => ({ body: { adjustmentId: `a${n}`, tokens: 5, reason: `${reason} ${n}` } }),
    kind: 'adjustment',
    effect: { tokens: [100, 105] },
  },
  reverseUsage: {
    sent: (n) => ({
      body: { reversalId: `r${n}`, source: 'urn:test', id: `e${n}`, reason: `${reason} ${n}` },
    }),
    first: [
      'recordUsage',
      { body: [usage('e1'), usage('e2')], claims: { scope: 'aps:meter', sub: 'service' } },
    ],
    kind: 'reversal',
    effect: { tokens: [94, 97] },
  },
  reportPayment: {
    sent: (n) => ({
      body: {
        paymentId: `card-${n}`,
        invoiceOrPurchaseId: 'acme~first',
        status: 'refunded',
        reason: `${reason} ${n}`,
      },
    }),
    kind: 'payment',
    effect: { tokens: [100, 0] },
  },
  registerTeam: {
    sent: (n) => ({ body: { ...profile, name: `Acme ${n}`, standing: 'bad', reason: `${reason} ${n}` } }),
    kind: 'team-changed',
    effect: { name: ['Acme', 'Acme 1'], standing: ['good', 'bad'] },
    isTagged: true,
  },
  setSubscriptions: {
    sent: (n) => ({ body: { subscriptions: [{ ...row, count: n }], reason: `${reason} ${n}` } }),
    kind: 'subscriptions-changed',
    effect: { subscriptions: [[], [{ ...row, count: 1 }]] },
    isTagged: true,
  },
  registerApp: {
    sent: (n) => ({
      params: { appId: `new-${n}` },
      body: { teamId: 'acme', name: 'New', reason: `${reason} ${n}` },
    }),
    kind: 'app-registered',
    effect: { apps: [1, 2] },
  },
  removeMember: {
    sent: (n) => ({ params: { memberId: `person-${n}` }, query: { reason: `${reason} ${n}` } }),
    kind: 'invitation-withdrawn',
    effect: { members: [2, 1] },
  },
}

function usage(id: string) {
  const data = { meter: 'model-derivative-complex-job', quantity: 2 }
  const time = '2026-02-20T10:00:00Z'
  return { specversion: '1.0', type: 'aps.usage.v1', source: 'urn:test', id, subject: 'viewer', time, data }
}

let party: Party
let clock: SetClock

test.beforeEach(async ({ party: fresh, clock: started }) => {
  party = fresh
  clock = started
  await foundAcme(party)
})

/** Two invited people, and what an act needs to have an effect. */
async function prepare({ first }: Act): Promise<void> {
  for (const n of [1, 2]) {
    const admin = { memberId: `person-${n}`, email: `person-${n}@example.com` }
    await call('registerTeam', { body: { ...profile, admin } })
  }
  if (first !== undefined) await call(...first)
  clock.time += 1_000
}

async function call(operationId: string, sent: Sent): Promise<PartyAnswer> {
  const answer = await party.call(operationId, sent)
  expect([operationId, answer.status < 300, answer.body]).toEqual([operationId, true, answer.body])
  return answer
}

const activity = async () => (await call('listActivity', {})).body.activity as object[]

test.for(Object.entries(acts))(
  '%s: its preview writes nothing and shows its effect; the act is in the activity',
  async ([operationId, act]) => {
    await prepare(act)
    const before = await activity()
    const sent = { ...act.sent(1), claims: claimsOf('operator-x') }
    const shown = await call(operationId, { ...sent, query: { ...sent.query, preview: 'true' } })
    expect(shown.status).toBe(200)
    expect(await activity()).toEqual(before)
    const { effect } = shown.body as { effect: Record<'before' | 'after', Record<string, unknown>> }
    for (const [fact, [from, to]] of Object.entries(act.effect))
      expect([fact, effect.before[fact], effect.after[fact]]).toEqual([fact, from, to])

    await call(operationId, sent)
    const [newest, ...others] = await activity()
    expect(newest).toMatchObject({
      actor: { subject: 'operator-x' },
      kind: act.kind,
      reason: `${reason} 1`,
    })
    expect(others.length).toBe(before.length)
  },
)

test.for(Object.entries(acts))(
  '%s by two operators at once: both are kept, or one is refused',
  async ([operationId, act]) => {
    await prepare(act)
    const before = (await activity()).length
    const etag = act.isTagged && (await call('getTeam', {})).headers.etag
    const headers: Record<string, string> = etag ? { 'if-match': etag } : {}
    const answers = await Promise.all(
      [1, 2].map((n) =>
        party.call(operationId, { ...act.sent(n), headers, claims: claimsOf(`operator-${n}`) }),
      ),
    )
    const refused = answers.filter(({ status }) => status >= 300)
    expect(refused.every(({ status }) => status === 412)).toBe(true)
    expect(refused.length).toBe(act.isTagged ? 1 : 0)
    const added = (await activity()).slice(0, -before)
    // Only the first of two operators resumes the team.
    const isOnce = operationId === 'resumeTeam'
    expect(added.length).toBe(isOnce ? 1 : 2 - refused.length)
  },
)

test('a change of what somebody else has changed since is refused, also in its preview', async () => {
  const { headers } = await call('getTeam', {})
  const tag = { 'if-match': headers.etag ?? '' }
  await call('registerTeam', { body: { ...profile, country: 'JP' } })
  const queries: Record<string, string>[] = [{}, { preview: 'true' }]
  for (const query of queries)
    for (const operationId of ['registerTeam', 'setSubscriptions']) {
      const sent = { ...acts[operationId]?.sent(1), query, headers: tag }
      expect((await party.call(operationId, sent)).status).toBe(412)
    }
  expect((await call('getTeam', {})).body).toMatchObject({ name: 'Acme', country: 'JP' })
})

test('the preview of a new team has no facts before, and a reason may be left out', async () => {
  const params = { teamId: 'bolt' }
  const shown = await call('registerTeam', { params, body: profile, query: { preview: 'true' } })
  expect(shown.body).toMatchObject({ status: 'preview', effect: { after: { plan: 'none', apps: 0 } } })
  expect(shown.body.effect).not.toHaveProperty('before')
  expect((await party.call('getTeam', { params })).status).toBe(404)
  const unnamed = await call('resumeTeam', { query: { preview: 'true' } })
  expect(unnamed.body).toMatchObject({ status: 'preview' })
})
