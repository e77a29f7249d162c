import { describe, expect } from 'vitest'
import type { Route } from '../../contract/route.ts'
import { type OperationId, routes } from '../../contract/routes.ts'
import { good } from '../support/ask.ts'
import { test } from '../support/fixtures.ts'
import { forgedTokens } from '../support/forged-tokens.ts'
import type { HttpRuntime, RawAnswer } from '../support/http-runtime.ts'
import { type AccessRow, accessRows, type Rights } from './access-rows.ts'

/* Access to every call: every route, every id in its path and every wrong caller, over HTTP. */

let runtime: HttpRuntime
let wrongTokens: Readonly<Record<string, string>> = {}
const tokens = new Map<string, string>()
/** Of `acme`, or of nobody in particular; they exist as far as they can. */
const ids: Record<string, string> = {
  teamId: 'acme',
  appId: 'viewer',
  authorizationId: 'auth-1',
  period: '2026-10',
  version: 'launch',
  campaignId: 'aps-2025',
  webhookId: 'wh-none',
  deliveryId: '000000001.000.email',
  memberId: 'owner',
  purchaseId: 'order-of-acme',
  budgetId: 'budget-none',
}
/** The same kinds of things, of the team `other`. */
const foreignIds: Record<string, string> = { appId: 'models', memberId: 'mika', purchaseId: 'order-of-other' }

const hub = ['hub:read', 'hub:write']
const scopeOf = {
  services: 'aps:meter',
  readers: 'hub:read',
  persons: 'hub:write',
  people: 'hub:read',
  overseers: 'hub:read',
  admins: 'hub:write',
  operators: 'ops:admin',
} as const

test.override('clockStart', '2026-12-01T00:00:00Z')
test.beforeAll(async ({ http }) => {
  runtime = http
  const forged = await forgedTokens(runtime.dataDir)
  wrongTokens = forged.wrong
  tokens.set('right', forged.right)
  tokens.set('right-ops', await runtime.tokenFor(['ops:admin']))
  for (const [name, team, role] of people) tokens.set(name, await runtime.tokenFor(hub, team, role))
  await settleIn()
  await settlePeople()
})

/** People who are not of the team, by what is wrong: to them it does not exist. */
const strangers = [
  ['of another team', 'other', 'admin'],
  ['of no team', undefined, 'admin'],
  ['of a team whose name differs in case', 'ACME', 'admin'],
  ['of a team whose name begins so', 'acme.', 'admin'],
] as const
/** People of the team who may read and not write. */
const readers = [
  ['a developer', 'acme', 'developer'],
  ['without a role', 'acme', undefined],
] as const
const people = [...strangers, ...readers, ['an admin', 'acme', 'admin']] as const

/** People by address whose token states the team `acme`, of which they are not: to them it does not exist either. */
const strangersByAddress = [
  'who is invited',
  'who has declined',
  'who was removed',
  'who is of another team',
] as const
/** A developer of `acme` by address. */
const developerByAddress = 'a developer by address'

/** Invites people to `acme` and to `other`, and brings them to where they are. */
async function settlePeople(): Promise<void> {
  const places = [
    ['who is invited', 'acme', []],
    ['who has declined', 'acme', ['leaveTeam']],
    ['who was removed', 'acme', ['acceptMembership', 'removeMember']],
    ['who is of another team', 'other', ['acceptMembership']],
    [developerByAddress, 'acme', ['acceptMembership']],
  ] as const
  for (const [index, [name, teamId, acts]] of places.entries()) {
    const email = `person-${index}@example.com`
    tokens.set(name, await runtime.personToken(email, 'acme'))
    const names = { ...ids, teamId, memberId: `person-${index}` }
    const role = name === developerByAddress || name === 'who was removed' ? 'developer' : 'admin'
    expect((await call('putMember', teamId, { names, body: { email, role } })).status).toBe(200)
    for (const act of acts)
      expect((await call(act, act === 'removeMember' ? teamId : name, { names })).status).toBe(204)
  }
}

/** Two teams that both have an app, a member, a purchase, a webhook and a delivery. */
async function settleIn(): Promise<void> {
  const send = (operationId: string, changes: Record<string, string>, body?: object) =>
    call(operationId, 'right', { names: { ...ids, ...changes }, body })
  const url = 'https://receiver.example.com/hook'
  for (const [teamId, appId, memberId] of [
    ['acme', 'viewer', 'owner'],
    ['other', 'models', 'mika'],
  ] as const) {
    await send(
      'registerTeam',
      { teamId },
      { ...(good.registerTeam?.body as object), paymentMethod: 'paypal' },
    )
    await send('registerApp', { appId }, { teamId, name: appId })
    tokens.set(teamId, await runtime.tokenFor(hub, teamId, 'admin'))
    const as = { names: { ...ids, teamId, memberId } }
    await call('putMember', teamId, { ...as, body: { email: `${memberId}@example.com`, role: 'admin' } })
    await call('purchaseTokens', teamId, { ...as, body: { purchaseId: `order-of-${teamId}`, tokens: 100 } })
    await call('putNotifications', teamId, {
      ...as,
      body: { emails: ['a@example.com'], webhooks: [{ url }] },
    })
    await send('suspendTeam', { teamId })
  }
  await runtime.settle()
  const webhooks = (await call('getNotifications', 'other', { names: { teamId: 'other' } })).body.webhooks
  const deliveries = (await call('listDeliveries', 'other', { names: { teamId: 'other' } })).body.deliveries
  foreignIds.webhookId = String((webhooks as { webhookId: string }[])[0]?.webhookId)
  foreignIds.deliveryId = String((deliveries as { deliveryId: string }[])[0]?.deliveryId)
}

interface Sent {
  readonly names?: Readonly<Record<string, string>>
  readonly body?: object
}

function routeOf(operationId: string): Route {
  const found = routes.find((route) => route.operationId === operationId)
  if (found === undefined) throw new Error(`no route ${operationId}`)
  return found
}

/** A good request for the route, by somebody: the name of a token, or a token. */
function call(operationId: string, as: string, { names = ids, body }: Sent = {}): Promise<RawAnswer> {
  const { method, path } = routeOf(operationId)
  const usual = good[operationId] ?? {}
  const search = usual.query === undefined ? '' : `?${new URLSearchParams(usual.query)}`
  const content = body ?? usual.body
  const token = tokens.get(as) ?? as
  return runtime.send({
    method,
    path: path.replace(/\{(\w+)\}/g, (_, name) => names[name] ?? '') + search,
    ...(token !== '' && { token }),
    body: content === undefined ? undefined : JSON.stringify(content),
  })
}

/** All of an answer but what names the request: its id and its path, which is as long for every id that is asked. */
function seen({ status, headers, text, body }: RawAnswer) {
  const { date, 'x-request-id': _, 'x-correlation-id': __, 'apigw-requestid': ___, ...rest } = headers
  const hidden = [body.requestId, body.instance].filter((value) => typeof value === 'string')
  return {
    status,
    rest,
    text: hidden.reduce<string>((shown, value) => shown.replace(String(value), ''), text),
  }
}

/** An id of the same length that names nothing. */
const absent = (id: string) => 'z'.repeat(id.length)
const absentOf: Record<string, (id: string) => string> = {
  period: () => '2099-01',
  deliveryId: (id) => `999999999.999.${absent(id.slice('999999999.999.'.length))}`,
}

const rows = Object.entries(accessRows) as [string, AccessRow][]
const mayBe = (...rights: Rights[]) =>
  rows.filter(([, row]) => rights.includes(row.rights)).map(([name]) => name)
const namesIn = (operationId: string) =>
  [...routeOf(operationId).path.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name))

test('every route has a row, and the row its scope', () => {
  expect(rows.map(([name]) => name).toSorted()).toEqual(
    routes.map(({ operationId }) => operationId).toSorted(),
  )
  for (const [name, { rights }] of rows)
    expect([name, routeOf(name).scope]).toEqual([name, rights === 'anyone' ? null : scopeOf[rights]])
})

test('the three public calls need no token, and hold nothing of anybody', async () => {
  expect(mayBe('anyone').toSorted()).toEqual(['getMcpResource', 'getOffer', 'getOpenApi'])
  for (const operationId of mayBe('anyone')) {
    const { status, text } = await call(operationId, '')
    expect([operationId, status]).toEqual([operationId, 200])
    expect(text).not.toMatch(/mika|models|receiver\.example/)
  }
})

test('the token that the wrong ones are made from is right', async () => {
  for (const operationId of ['getBalance', 'getRateCard', 'listMembers'])
    expect((await call(operationId, 'right')).status).toBe(200)
})

/** Asks for what is there and for what is not, for each id in the path: the answer must be the same. */
async function expectRefusal(
  operationId: string,
  as: string,
  refusal: { status: number; code: string } | { status: number; message: string },
) {
  const first = await call(operationId, as)
  const { code, message } = first.body
  // API Gateway's own answer has a message, and our problem has a code.
  const type = 'code' in refusal ? 'application/problem+json' : 'application/json'
  expect({ status: first.status, code, message, type: first.contentType }).toEqual({
    code: undefined,
    message: undefined,
    ...refusal,
    type,
  })
  for (const name of namesIn(operationId)) {
    const id = ids[name] ?? ''
    const names = { ...ids, [name]: (absentOf[name] ?? absent)(id) }
    const other = await call(operationId, as, { names })
    expect(seen(other), `${name} ${names[name]}`).toEqual(seen(first))
  }
}

describe.each(mayBe('services', 'readers', 'persons', 'people', 'overseers', 'admins', 'operators'))(
  '%s',
  (operationId) => {
    test('answers 401 to every token that is not right, whatever is asked for', async () => {
      expect(Object.keys(wrongTokens).length).toBeGreaterThan(20)
      for (const token of Object.values(wrongTokens))
        await expectRefusal(operationId, token, { status: 401, message: 'Unauthorized' })
    })

    test('answers 403 to every scope but its own, whatever is asked for', async () => {
      const own = String(routeOf(operationId).scope)
      const { operatorsToo, servicesToo } = accessRows[operationId as OperationId]
      const allowed = [own, ...(operatorsToo ? ['ops:admin'] : []), ...(servicesToo ? ['aps:meter'] : [])]
      const others = ['aps:meter', 'hub:read', 'hub:write', 'ops:admin'].filter(
        (scope) => !allowed.includes(scope),
      )
      for (const scope of [
        ...others,
        others.join(' '),
        `${own}x`,
        own.toUpperCase(),
        own.split(':')[0] ?? '',
      ]) {
        const token = await runtime.tokenFor(scope.split(' '), 'acme', 'admin')
        await expectRefusal(operationId, token, { status: 403, code: 'INSUFFICIENT_SCOPE' })
      }
    })
  },
)

describe.each(mayBe('people', 'overseers', 'admins'))('%s', (operationId) => {
  test('answers a person who is not, not yet or no longer of the team as if it did not exist', async () => {
    for (const name of strangersByAddress)
      await expectRefusal(operationId, name, { status: 404, code: 'NOT_FOUND' })
  })

  test.each(strangers)('answers somebody %s as if the team did not exist', async (name) => {
    await expectRefusal(operationId, name, { status: 404, code: 'NOT_FOUND' })
  })
})

test.each(mayBe('overseers', 'admins'))(
  '%s is refused to those of the team who are no admin',
  async (operationId) => {
    for (const [name, teamId] of readers) {
      const { status, body } = await call(operationId, name)
      expect([name, teamId, status, body.code]).toEqual([name, teamId, 403, 'ADMIN_REQUIRED'])
    }
  },
)

test.each(mayBe('people'))('%s may be read by developers', async (operationId) => {
  for (const name of ['a developer', developerByAddress])
    expect([name, (await call(operationId, name)).status]).toEqual([name, 200])
})

test.each(mayBe('overseers'))('%s may be read by admins', async (operationId) => {
  const { status, body } = await call(operationId, 'an admin')
  expect(operationId === 'getInvoice' ? [status, body.code] : [status]).toEqual(
    operationId === 'getInvoice' ? [404, 'NOT_FOUND'] : [200],
  )
})

const readByOperators = mayBe('people', 'overseers')

test.each(readByOperators)(
  '%s shows an operator what it shows an admin, without any secret',
  async (operationId) => {
    const [forAdmin, forOperator] = [
      await call(operationId, 'an admin'),
      await call(operationId, 'right-ops'),
    ]
    const { at: _, requestId: __, ...shown } = forAdmin.body
    expect(forOperator.status).toBe(forAdmin.status)
    expect(forOperator.body).toMatchObject(shown)
    expect(forOperator.text.length).toBe(forAdmin.text.length)
    expect(forOperator.text).not.toMatch(/whsec_|secret/i)
  },
)

test.each(readByOperators)(
  '%s answers an operator 404 for a team that does not exist',
  async (operationId) => {
    const names = { ...ids, teamId: absent('acme') }
    const { status, body } = await call(operationId, 'right-ops', { names })
    expect([status, body.code]).toEqual([404, 'NOT_FOUND'])
  },
)

const foreign = rows.flatMap(([name, row]) =>
  row.foreign === undefined ? [] : [[name, row.foreign] as const],
)

test.each(foreign)('%s answers %s of another team as if there were none', async (operationId, name) => {
  const id = foreignIds[name] ?? ''
  const nothing = (absentOf[name] ?? absent)(id)
  const [one, other] = [id, nothing].map((value) =>
    call(operationId, 'an admin', { names: { ...ids, [name]: value } }),
  )
  const answers = [await one, await other].map((answer) => answer && seen(answer))
  // To remove somebody who is not there is to have removed them.
  expect(answers[0]?.status).toBe(operationId === 'removeMember' ? 204 : 404)
  expect(answers[0]).toEqual(answers[1])
})

test("another team's app cannot be moved, and looks like one that does not exist", async () => {
  const move = (appId: string) => call('moveApps', 'an admin', { body: { appIds: [appId] } })
  const [one, other] = [await move('models'), await move('nomodl')]
  const hide = (answer: RawAnswer) => JSON.stringify(seen(answer)).replaceAll(/models|nomodl/g, '')
  expect(one.status).toBeGreaterThanOrEqual(400)
  expect(hide(one)).toBe(hide(other))
})

test('an operator removes a member of any team, and only operators and its admins do', async () => {
  const remove = async (as: string, memberId: string) =>
    (await call('removeMember', as, { names: { ...ids, teamId: 'other', memberId } })).status
  tokens.set('an operator', await runtime.tokenFor(['ops:admin']))
  expect(await remove('an admin', 'person-3')).toBe(404)
  expect(await remove('who is of another team', 'nobody')).toBe(204)
  expect(await remove('an operator', 'person-3')).toBe(204)
  expect(await remove('who is of another team', 'nobody')).toBe(404)
})

test('nothing of the other team was touched by all of it', async () => {
  const { body } = await call('listMembers', 'other', { names: { teamId: 'other' } })
  expect(body.members).toMatchObject([{ memberId: 'mika' }])
})
