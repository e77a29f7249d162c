import type * as v from 'valibot'
import { afterAll, describe, expect } from 'vitest'
import { operations } from '../../contract/calls.ts'
import { routes } from '../../contract/routes.ts'
import type { Sent } from '../support/ask.ts'
import { test } from '../support/fixtures.ts'
import { foundAcme, type Party, type PartyAnswer } from '../support/party.ts'

/*
 * Each call whose body has an id is sent with a first content, with other content under the same ids, and with the first content
 * again. The calls come from the contract: one with an id and without a row fails by its name. The other content may be invalid
 * in itself, as an unknown meter is: a known id is checked first.
 */

type State = (party: Party) => Promise<unknown>

interface Row {
  readonly name: string
  /** Calls that come before the first one. */
  readonly given?: readonly (readonly [operationId: string, sent: Sent])[]
  readonly first: Sent
  /** The same ids with other content: its parts replace those of the first. */
  readonly changed: Sent
  /** Status of the answer to the changed content, with its code, decision or the status of its row. */
  readonly conflict: string
  /** The same of the answer to the first content, sent again. */
  readonly repeated: string
  /** State that neither of the two may change. */
  readonly state: State
}

const balance: State = async ({ call }) => {
  const { flex, held, free } = (await call('getBalance', {})).body
  return { flex, held, free }
}
const kinds =
  (teamId: string): State =>
  async ({ deps }) =>
    (await deps.journal.since(teamId, 0, 1_000)).map(({ kind }) => kind)
const appOf: State = ({ deps }) => deps.apps.find('viewer')

const meter = 'automation-autocad'
const authorization = { authorizationId: 'a1', appId: 'viewer', meter, quantity: 720, holdSeconds: 600 }
const event = {
  specversion: '1.0',
  type: 'aps.usage.v1',
  source: 'urn:test',
  id: 'e1',
  time: '2026-02-20T10:00:00Z',
  subject: 'viewer',
  data: { meter, quantity: 720 },
}
const payment = { paymentId: 'pi', invoiceOrPurchaseId: 'acme~first', status: 'settled' }
const bolt = { name: 'Bolt', country: 'US', paymentMethod: 'none', standing: 'good' }
const acme = { name: 'Acme', country: 'US', paymentMethod: 'credit-card', standing: 'good' }
const soraClaims = { scope: 'hub:read hub:write', sub: 'sora', person: 'sora@example.com' }
const hook = 'https://example.com/hook'
const boltIsThere = [['registerTeam', { params: { teamId: 'bolt' }, body: bolt }]] as const
const voided = [
  ['authorizeUsage', { body: authorization }],
  ['voidAuthorization', {}],
] as const

/** Other content under the id of an authorization. */
const otherAsks = [
  { appId: 'other' },
  { appId: 'nobody' },
  { meter: 'automation-revit' },
  { meter: 'no-such-meter' },
  { quantity: 721 },
  { quantityMin: 5 },
  { holdSeconds: 601 },
  { quoteId: 'q1' },
  { budgetId: 'b1' },
]
const quoted = { quoteId: 'q1', appId: 'viewer', meter, quantity: 720 }
const later = '2026-03-02T00:00:00Z'
const budget = {
  budgetId: 'b1',
  name: 'Agent',
  appId: 'viewer',
  every: 'day',
  tokens: 1,
  endsAt: '2026-03-01T00:00:00Z',
}
const inRows = (...rows: readonly object[]): Sent => ({ body: { rows } })
const authorizationRow = { kind: 'authorization', ...authorization }
const captureRow = { kind: 'capture', authorizationId: 'a0', used: 0 }
const renew = { authorizationId: 'a1', quantity: 720, holdSeconds: 600 }

const rows: Readonly<Record<string, readonly Row[]>> = {
  settleUsage: [
    ...otherAsks.map(
      (changes): Row => ({
        name: `other ${Object.entries(changes)}`,
        first: inRows(authorizationRow),
        changed: inRows({ ...authorizationRow, ...changes }),
        conflict: '200 IDEMPOTENCY_CONFLICT',
        repeated: '200 allow',
        state: balance,
      }),
    ),
    {
      name: 'after its end',
      given: voided,
      first: inRows(authorizationRow),
      changed: inRows({ ...authorizationRow, quantity: 1 }),
      conflict: '200 IDEMPOTENCY_CONFLICT',
      repeated: '200 AUTHORIZATION_CLOSED',
      state: balance,
    },
    {
      name: 'a renewal under the id of another authorization',
      given: [['authorizeUsage', { body: { ...authorization, authorizationId: 'a0' } }]],
      first: inRows(authorizationRow),
      changed: inRows(
        { ...authorizationRow, quantity: 2 },
        { ...captureRow, renew: { ...renew, quantity: 3 } },
      ),
      conflict: '200 IDEMPOTENCY_CONFLICT',
      repeated: '200 allow',
      state: async ({ deps }) => (await deps.journal.authorization('a1'))?.authorization,
    },
  ],
  authorizeUsage: [
    ...otherAsks.map(
      (changes): Row => ({
        name: `other ${Object.entries(changes)}`,
        first: { body: authorization },
        changed: { body: { ...authorization, ...changes } },
        conflict: '409 IDEMPOTENCY_CONFLICT',
        repeated: '200 allow',
        state: balance,
      }),
    ),
    {
      name: 'after its end',
      given: voided,
      first: { body: authorization },
      changed: { body: { ...authorization, quantity: 1 } },
      conflict: '409 IDEMPOTENCY_CONFLICT',
      repeated: '200 AUTHORIZATION_CLOSED',
      state: balance,
    },
    {
      name: 'after its end, with an unknown meter',
      given: voided,
      first: { body: authorization },
      changed: { body: { ...authorization, meter: 'no-such-meter' } },
      conflict: '409 IDEMPOTENCY_CONFLICT',
      repeated: '200 AUTHORIZATION_CLOSED',
      state: balance,
    },
  ],
  recordUsage: [
    { subject: 'other' },
    { subject: 'nobody' },
    { data: { meter: 'automation-revit', quantity: 720 } },
    { data: { meter: 'no-such-meter', quantity: 720 } },
    { data: { meter, quantity: 721 } },
    { time: '2026-02-20T09:59:59Z' },
    { time: '2020-02-20T10:00:00Z' },
    { time: '2036-02-20T10:00:00Z' },
  ].map((changes) => ({
    name: `other ${Object.keys(changes)} ${JSON.stringify(Object.values(changes))}`,
    first: { body: [event] },
    changed: { body: [{ ...event, ...changes }] },
    conflict: '200 IDEMPOTENCY_CONFLICT',
    repeated: '200 duplicate',
    state: balance,
  })),
  quoteUse: [{ appId: 'other' }, { meter: 'automation-revit' }, { quantity: 721 }, { validSeconds: 60 }].map(
    (changes) => ({
      name: `other ${Object.entries(changes)}`,
      first: { body: quoted },
      changed: { body: { ...quoted, ...changes } },
      conflict: '409 IDEMPOTENCY_CONFLICT',
      repeated: '200 allow',
      state: ({ deps }) => deps.quotes.find('acme', 'q1'),
    }),
  ),
  makeBudget: [
    { appId: 'other' },
    { every: 'month' },
    { tokens: 2 },
    { name: 'Other' },
    { endsAt: later },
  ].map((changes) => ({
    name: `other ${Object.entries(changes)}`,
    first: { body: budget },
    changed: { body: { ...budget, ...changes } },
    conflict: '409 IDEMPOTENCY_CONFLICT',
    repeated: '201',
    state: async ({ call }) => (await call('listBudgets', {})).body,
  })),
  purchaseTokens: [201, 1].map((tokens) => ({
    name: `other tokens: ${tokens}`,
    first: { body: { purchaseId: 'p1', tokens: 200 } },
    changed: { body: { purchaseId: 'p1', tokens } },
    conflict: '409 IDEMPOTENCY_CONFLICT',
    repeated: '201',
    state: balance,
  })),
  reverseUsage: [
    { name: 'another event', changes: { id: 'e2' } },
    { name: 'an unknown event', changes: { id: 'e9' } },
    { name: 'an authorization', changes: { source: undefined, id: undefined, authorizationId: 'a1' } },
    {
      name: 'an unknown authorization',
      changes: { source: undefined, id: undefined, authorizationId: 'a9' },
    },
    { name: 'another reason', changes: { reason: 'another' } },
  ].map(({ name, changes }) => ({
    name,
    given: [
      ['recordUsage', { body: [event, { ...event, id: 'e2' }] }],
      ['authorizeUsage', { body: authorization }],
    ],
    first: { body: { reversalId: 'r1', source: 'urn:test', id: 'e1', reason: 'sent twice' } },
    changed: { body: { reversalId: 'r1', source: 'urn:test', id: 'e1', reason: 'sent twice', ...changes } },
    conflict: '409 IDEMPOTENCY_CONFLICT',
    repeated: '201',
    state: balance,
  })),
  adjustTeam: [{ tokens: 6 }, { tokens: undefined, usdCents: 5 }, { reason: 'another' }].map((changes) => ({
    name: `other ${Object.keys(changes)}`,
    first: { body: { adjustmentId: 'x1', tokens: 5, reason: 'goodwill' } },
    changed: { body: { adjustmentId: 'x1', tokens: 5, reason: 'goodwill', ...changes } },
    conflict: '409 IDEMPOTENCY_CONFLICT',
    repeated: '201',
    state: balance,
  })),
  reportPayment: [
    { status: 'failed' },
    { invoiceOrPurchaseId: 'acme~invoice:2026-01' },
    { invoiceOrPurchaseId: 'bolt~first' },
  ].map((changes) => ({
    name: `other ${Object.entries(changes)}`,
    given: boltIsThere,
    first: { body: payment },
    changed: { body: { ...payment, ...changes } },
    conflict: '409 IDEMPOTENCY_CONFLICT',
    repeated: '200',
    state: async (party: Party) => [await kinds('acme')(party), await kinds('bolt')(party)],
  })),
  // The id names a team of the caller; it makes nothing.
  chooseTeam: [
    {
      name: 'a team without the caller',
      given: [
        ['putMember', { body: { email: 'sora@example.com', role: 'developer' } }],
        ['acceptMembership', { claims: soraClaims }],
      ],
      first: { body: { teamId: 'acme' }, claims: soraClaims },
      changed: { body: { teamId: 'bolt' }, claims: soraClaims },
      conflict: '404 NOT_FOUND',
      repeated: '204',
      state: async ({ call }) => (await call('getMe', { claims: soraClaims })).body,
    },
  ],
  // Ids that are read and sent back: each must be the one that the path or the address has.
  putMember: [
    {
      name: 'the id of another member',
      first: { body: { memberId: 'sora', email: 'sora@example.com', role: 'admin' } },
      changed: { body: { memberId: 'riku', email: 'sora@example.com', role: 'admin' } },
      conflict: '400 BAD_REQUEST',
      repeated: '200',
      state: async ({ call }) => (await call('listMembers', {})).body,
    },
  ],
  putAlerts: [
    {
      name: 'the id of an app of another team',
      given: [
        ...boltIsThere,
        ['registerApp', { params: { appId: 'bolts' }, body: { teamId: 'bolt', name: 'B' } }],
      ],
      first: { body: { alerts: [{ alertId: 'a', appId: 'viewer', measure: 'cost-tokens', threshold: 5 }] } },
      changed: { body: { alerts: [{ alertId: 'a', appId: 'bolts', measure: 'cost-tokens', threshold: 5 }] } },
      conflict: '400 BAD_REQUEST',
      repeated: '200',
      state: async ({ call }) => (await call('getAlerts', {})).body,
    },
  ],
  putNotifications: [
    {
      name: 'the id of another webhook',
      first: { body: { emails: [], webhooks: [{ url: hook }] } },
      changed: { body: { emails: [], webhooks: [{ url: hook, webhookId: 'wh-other' }] } },
      conflict: '400 BAD_REQUEST',
      repeated: '200',
      state: async ({ call }) => (await call('getNotifications', {})).body,
    },
  ],
  // A member's id is the team's own name for a person, and an address belongs to one member.
  registerTeam: [
    {
      name: 'another member with the address of the first',
      first: { body: { ...acme, admin: { memberId: 'sora', email: 'sora@example.com' } } },
      changed: { body: { ...acme, admin: { memberId: 'riku', email: 'Sora@example.com' } } },
      conflict: '409 MEMBER_EXISTS',
      repeated: '200',
      state: async ({ call }) => (await call('listMembers', {})).body,
    },
  ],
  // An app's id is bound to its team; its name may change.
  registerApp: [
    {
      name: 'another team',
      given: boltIsThere,
      first: { body: { teamId: 'acme', name: 'Viewer' } },
      changed: { body: { teamId: 'bolt', name: 'Viewer' } },
      conflict: '409 APP_OF_ANOTHER_TEAM',
      repeated: '200',
      state: appOf,
    },
  ],
  // Apps that exist already: the ids only name them. What is moved stays moved.
  moveApps: [
    {
      name: 'an app of another team',
      given: [
        ...boltIsThere,
        ['registerApp', { params: { appId: 'drill' }, body: { teamId: 'bolt', name: 'Drill' } }],
      ],
      first: { body: { appIds: ['viewer'] } },
      changed: { body: { appIds: ['drill'] } },
      conflict: '200 UNKNOWN_APP',
      repeated: '200 already-there',
      state: async (party: Party) => [await appOf(party), await party.deps.apps.find('drill')],
    },
  ],
}

/** The names of the fields of a body that hold ids, wherever they are. */
function idFields(schema: v.GenericSchema | undefined): readonly string[] {
  const {
    entries,
    item,
    wrapped,
    options,
    pipe = [],
  } = (schema ?? {}) as {
    entries?: Readonly<Record<string, v.GenericSchema>>
    item?: v.GenericSchema
    wrapped?: v.GenericSchema
    options?: readonly unknown[]
    pipe?: readonly unknown[]
  }
  const own = Object.keys(entries ?? {})
  const named = own.filter((name) => /(^id|Ids?)$/.test(name) || (name === 'source' && own.includes('id')))
  const parts = [item, wrapped, ...(options ?? []), ...pipe.slice(1), ...Object.values(entries ?? {})]
  const inner = parts.filter((part): part is v.GenericSchema => typeof part === 'object' && part !== null)
  return [...named, ...inner.filter(isSchema).flatMap(idFields)]
}

const isSchema = (part: v.GenericSchema): boolean => part.kind === 'schema'

/** Calls with an id in their body, from the contract. */
const calls = routes
  .map(({ operationId }) => ({
    operationId,
    operation: operations[operationId] as (typeof operations)[keyof typeof operations],
  }))
  .map(({ operationId, operation }) => {
    const body =
      'body' in operation ? operation.body : 'body' in operation.call ? operation.call.body : undefined
    return { operationId, fields: idFields(body as v.GenericSchema | undefined) }
  })
  .filter(({ fields }) => fields.length > 0)

interface Decided {
  readonly decision?: string
  readonly refusal?: { readonly code: string }
}

interface ResultRow {
  readonly status: string | number
  readonly problem?: { readonly code: string }
  readonly authorization?: Decided
}

/** Status, and the code, decision or row status of an answer. */
function outcomeOf({ status, body }: PartyAnswer): string {
  const [result] = (body.results ?? body.apps ?? []) as ResultRow[]
  const { decision, refusal } = result?.authorization ?? (body as Decided)
  const word = body.code ?? refusal?.code ?? decision ?? result?.problem?.code ?? result?.status
  return word === undefined ? `${status}` : `${status} ${word}`
}

test('calls with an id in their body are found in the contract, each field by name', () => {
  expect(calls).toMatchObject([
    { operationId: 'authorizeUsage', fields: ['appId', 'authorizationId', 'budgetId', 'quoteId'] },
    {
      operationId: 'settleUsage',
      fields: [
        'appId',
        'authorizationId',
        'budgetId',
        'quoteId',
        'authorizationId',
        'authorizationId',
        'budgetId',
        'quoteId',
      ],
    },
    { operationId: 'recordUsage', fields: ['source', 'id'] },
    { operationId: 'quoteUse', fields: ['quoteId', 'appId'] },
    { operationId: 'purchaseTokens', fields: ['purchaseId'] },
    { operationId: 'makeBudget', fields: ['budgetId', 'appId'] },
    { operationId: 'moveApps', fields: ['appIds'] },
    { operationId: 'putMember', fields: ['memberId'] },
    { operationId: 'chooseTeam', fields: ['teamId'] },
    { operationId: 'putAlerts', fields: ['alertId', 'appId', 'alertId', 'appId', 'alertId', 'alertId'] },
    { operationId: 'putNotifications', fields: ['webhookId'] },
    { operationId: 'registerTeam', fields: ['memberId'] },
    { operationId: 'registerApp', fields: ['teamId'] },
    { operationId: 'reverseUsage', fields: ['reversalId', 'authorizationId', 'source', 'id'] },
    { operationId: 'adjustTeam', fields: ['adjustmentId'] },
    { operationId: 'reportPayment', fields: ['paymentId', 'invoiceOrPurchaseId'] },
  ])
})

describe.each(calls)('$operationId', ({ operationId }) => {
  test('has a row', () => expect(rows[operationId] ?? [], operationId).not.toHaveLength(0))

  test.for(rows[operationId] ?? [])('$name: $conflict, and nothing changes', async (row, { party }) => {
    await foundAcme(party)
    await party.call('registerApp', { params: { appId: 'other' }, body: { teamId: 'acme', name: 'Other' } })
    for (const [given, sent] of row.given ?? [])
      expect((await party.call(given, sent)).status, given).toBeLessThan(300)
    expect((await party.call(operationId, row.first)).status).toBeLessThan(300)
    const before = await row.state(party)
    expect(outcomeOf(await party.call(operationId, row.changed))).toBe(row.conflict)
    expect(await row.state(party)).toEqual(before)
    expect(outcomeOf(await party.call(operationId, row.first))).toBe(row.repeated)
    expect(await row.state(party)).toEqual(before)
  })
})

afterAll(() => {
  const counts = calls.map(({ operationId }) => `${operationId} × ${rows[operationId]?.length ?? 0}`)
  process.stdout.write(`ids: ${counts.join(', ')}\n`)
})
