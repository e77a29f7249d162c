import { expect } from 'vitest'
import { acceptInvitation, type Member, putMember, removeMember } from '../../core/account/members.ts'
import { MemberStore } from '../../lambdas/store/members.ts'
import { MembershipStore } from '../../lambdas/store/memberships.ts'
import { openTable, type Table } from '../../lambdas/store/table.ts'
import { test } from '../support/fixtures.ts'
import { newParty } from '../support/party.ts'
import { tokenEvent } from './token-event.ts'

type AddTeam = typeof import('../../lambdas/consumers/add-team.ts').addTeam
let table: Table
let addTeam: AddTeam

test.beforeAll(async () => {
  // The deployed function reads these variables when its module loads.
  Object.assign(process.env, { TABLE_NAME: 'not-used', PAYMENTS: 'bus', STAGE: 'test' })
  addTeam = (await import('../../lambdas/consumers/add-team.ts')).addTeam
})
test.beforeEach(async ({ table: fresh }) => {
  table = fresh
  await join('acme', 'aoi@example.com', 'admin', 2_000)
})

async function join(teamId: string, email: string, role: Member['role'], since: number): Promise<void> {
  const member = { memberId: email.split('@')[0] ?? '', email, role, since }
  const store = new MemberStore(table)
  await store.change(teamId, (members) => putMember(members, member))
  await store.change(teamId, (members) => acceptInvitation(members, email, since))
}

const aoi = { person: 'aoi@example.com' }
const verified = (email: string) => ({ email, email_verified: 'true' })

const answerTo = (event: object) => addTeam(new MembershipStore(table))(event)

/** Returns the claims of both tokens, which must be the same. */
async function claimsFor(event: object): Promise<unknown> {
  const { response } = await answerTo(event)
  const details = response.claimsAndScopeOverrideDetails
  expect(details?.idTokenGeneration).toEqual(details?.accessTokenGeneration)
  return details?.accessTokenGeneration.claimsToAddOrOverride
}

test.each([
  'TokenGeneration_HostedAuth',
  'TokenGeneration_Authentication',
  'TokenGeneration_NewPasswordChallenge',
  'TokenGeneration_AuthenticateDevice',
  'TokenGeneration_RefreshTokens',
])('%s: a member gets address, team and role in both tokens', async (triggerSource) => {
  const claims = await claimsFor(tokenEvent(verified('aoi@example.com'), triggerSource))
  expect(claims).toEqual({ ...aoi, team: 'acme', role: 'admin' })
})

test('an address counts however it is capitalized', async () => {
  expect(await claimsFor(tokenEvent(verified('Aoi@Example.COM')))).toEqual({
    ...aoi,
    team: 'acme',
    role: 'admin',
  })
})

test('the oldest of several memberships counts, not the first team by name', async () => {
  await join('birch', 'ren@example.com', 'developer', 3_000)
  await join('zinc', 'ren@example.com', 'admin', 1_000)
  await join('acme', 'ren@example.com', 'developer', 2_000)
  expect(await claimsFor(tokenEvent(verified('ren@example.com')))).toMatchObject({
    team: 'zinc',
    role: 'admin',
  })
})

test('the same one of two memberships of one instant always counts', async () => {
  for (const team of ['zinc', 'birch']) await join(team, 'ren@example.com', 'developer', 1_000)
  expect(await claimsFor(tokenEvent(verified('ren@example.com')))).toMatchObject({ team: 'birch' })
})

test('a former member has no team as soon as the tokens are renewed', async () => {
  await join('acme', 'sora@example.com', 'admin', 2_500)
  await new MemberStore(table).change('acme', (members) => removeMember(members, 'sora'))
  const renewal = tokenEvent(verified('sora@example.com'), 'TokenGeneration_RefreshTokens')
  expect(await claimsFor(renewal)).toEqual({ person: 'sora@example.com' })
})

test.each([
  ['an address that nobody has verified', { email: 'aoi@example.com', email_verified: 'false' }],
  ['an address of which nothing is said', { email: 'aoi@example.com' }],
  ['somebody without an address', { email_verified: 'true' }],
])('%s gets tokens without an address and a team', async (_, attributes) => {
  const event = tokenEvent(attributes)
  const answer = await addTeam(new MembershipStore(table))(event)
  expect(answer).toEqual({ ...event, response: { claimsAndScopeOverrideDetails: null } })
})

test('a stranger gets tokens with an address and without a team', async () => {
  expect(await claimsFor(tokenEvent(verified('nobody@example.com')))).toEqual({
    person: 'nobody@example.com',
  })
})

test('an invitation gives nobody a team until it is accepted', async () => {
  const member = { memberId: 'ren', email: 'ren@example.com', role: 'admin', since: 1_000 } as const
  await new MemberStore(table).change('acme', (members) => putMember(members, member))
  expect(await claimsFor(tokenEvent(verified('ren@example.com')))).toEqual({ person: 'ren@example.com' })
})

test('the event comes back whole, and repeats no scopes', async () => {
  const event = tokenEvent(verified('aoi@example.com'))
  const claims = { claimsToAddOrOverride: { ...aoi, team: 'acme', role: 'admin' } }
  expect(await addTeam(new MembershipStore(table))(event)).toEqual({
    ...event,
    response: {
      claimsAndScopeOverrideDetails: { idTokenGeneration: claims, accessTokenGeneration: claims },
    },
  })
})

/** The claims of an access token as Cognito makes it of the answer, for a client that may ask for the page's scopes. */
async function accessTokenOf(email: string, groups: readonly string[]) {
  const event = tokenEvent(verified(email), 'TokenGeneration_HostedAuth', groups)
  const { response } = await answerTo(event)
  const { claimsToAddOrOverride, scopesToAdd = [] } =
    response.claimsAndScopeOverrideDetails?.accessTokenGeneration ?? {}
  const { sub } = event.request.userAttributes
  const scope = [...event.request.scopes, ...scopesToAdd].join(' ')
  return { sub, scope, 'cognito:groups': groups, ...claimsToAddOrOverride }
}

/** Statuses of a call of operators and of a call of the team, with one token. */
async function statusesWith(claims: Record<string, unknown>) {
  const party = await newParty(table, { now: () => Date.parse('2026-01-15T10:00:00Z') })
  const profile = { name: 'Acme', country: 'US', paymentMethod: 'credit-card', standing: 'good' }
  const { status: operating } = await party.call('registerTeam', { body: profile, claims })
  const { status: reading } = await party.call('getTeam', { claims })
  return { operating, reading }
}

test('a person in the group of operators calls the API as an operator, and sees no team of others', async () => {
  const claims = await accessTokenOf('nobody@example.com', ['operators'])
  expect(claims.scope).toBe('openid email hub/read hub/write ops/admin')
  expect(await statusesWith(claims)).toEqual({ operating: 200, reading: 404 })
})

test('an operator who is a member as well keeps the team', async () => {
  const claims = await accessTokenOf('aoi@example.com', ['operators'])
  expect(claims).toMatchObject({ team: 'acme', role: 'admin' })
  expect(await statusesWith(claims)).toEqual({ operating: 200, reading: 200 })
})

test.each([[[]], [['operator']], [['Operators', 'admins']]])(
  'groups %j make nobody an operator',
  async (groups) => {
    const claims = await accessTokenOf('aoi@example.com', groups)
    expect(claims.scope).not.toContain('ops')
    expect((await statusesWith(claims)).operating).toBe(403)
  },
)

test('an event without groups is of a person in none', async () => {
  const event = tokenEvent(verified('nobody@example.com'))
  const { groupConfiguration: _, ...request } = event.request
  const { claimsAndScopeOverrideDetails } = (await answerTo({ ...event, request })).response
  expect(claimsAndScopeOverrideDetails?.accessTokenGeneration).toEqual({
    claimsToAddOrOverride: { person: 'nobody@example.com' },
  })
})

test('one query answers', async () => {
  let requests = 0
  table.client.middlewareStack.add(
    (next) => async (args) => {
      requests += 1
      return next(args)
    },
    { step: 'finalizeRequest' },
  )
  await claimsFor(tokenEvent(verified('aoi@example.com')))
  expect(requests).toBe(1)
})

test('an event of version 1, which cannot speak of access tokens, gives no tokens at all', async () => {
  const event = { ...tokenEvent(verified('aoi@example.com')), version: '1' }
  await expect(addTeam(new MembershipStore(table))(event)).rejects.toThrow('received "1"')
})

test('no tokens are issued while the table does not answer, rather than tokens without a team', async () => {
  const broken = new MembershipStore(openTable('no-such-table'))
  await expect(addTeam(broken)(tokenEvent(verified('aoi@example.com')))).rejects.toThrow()
})
