import { expect } from 'vitest'
import { addPerson } from '../../lambdas/consumers/add-person.ts'
import { test } from '../support/fixtures.ts'
import type { Party } from '../support/party.ts'
import { tokenEvent } from './token-event.ts'

const aoi = { person: 'aoi@example.com' }
const verified = (email: string) => ({ email, email_verified: 'true' })

const answerTo = (event: object) => addPerson(event)

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
])('%s: both tokens state the address, and no team', async (triggerSource) => {
  expect(await claimsFor(tokenEvent(verified('aoi@example.com'), triggerSource))).toEqual(aoi)
})

test('an address counts however it is capitalized', async () => {
  expect(await claimsFor(tokenEvent(verified('Aoi@Example.COM')))).toEqual(aoi)
})

test.each([
  ['an address that nobody has verified', { email: 'aoi@example.com', email_verified: 'false' }],
  ['an address of which nothing is said', { email: 'aoi@example.com' }],
  ['somebody without an address', { email_verified: 'true' }],
])('%s gets tokens without an address and a team', async (_, attributes) => {
  const event = tokenEvent(attributes)
  expect(await answerTo(event)).toEqual({ ...event, response: { claimsAndScopeOverrideDetails: null } })
})

test('the event comes back whole, and repeats no scopes', async () => {
  const event = tokenEvent(verified('aoi@example.com'))
  const claims = { claimsToAddOrOverride: aoi }
  expect(await answerTo(event)).toEqual({
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

type Claims = Record<string, unknown>
const admin = { memberId: 'aoi', email: aoi.person }
const registration = { name: 'Acme', country: 'US', paymentMethod: 'credit-card', standing: 'good', admin }

/** Registers `acme`, whose admin has not accepted yet. */
async function foundTeam(party: Party): Promise<void> {
  const claims = { scope: 'ops:admin', sub: 'operator' }
  expect((await party.call('registerTeam', { body: registration, claims })).status).toBe(200)
}

/** Statuses of a call of operators and of a call of the team, with one token. */
async function statusesWith(party: Party, claims: Claims) {
  const { status: operating } = await party.call('registerTeam', { body: registration, claims })
  const { status: reading } = await party.call('getTeam', { claims })
  return { operating, reading }
}

test('the same token opens a team from the acceptance until the removal', async ({ party }) => {
  await foundTeam(party)
  const claims = await accessTokenOf('Aoi@example.com', [])
  const statuses: number[] = []
  const read = async () => statuses.push((await party.call('getTeam', { claims })).status)
  await read()
  await party.call('acceptMembership', { claims })
  await read()
  await party.call('removeMember', {
    params: { memberId: 'aoi' },
    claims: { scope: 'ops:admin', sub: 'operator' },
  })
  await read()
  expect(statuses).toEqual([404, 200, 404])
})

test('a person in the group of operators calls the API as an operator, and reads any team', async ({
  party,
}) => {
  const claims = await accessTokenOf('nobody@example.com', ['operators'])
  expect(claims.scope).toBe('openid email hub/read hub/write ops/admin')
  expect(await statusesWith(party, claims)).toEqual({ operating: 200, reading: 200 })
})

test('an operator who is a member as well keeps the team', async ({ party }) => {
  await foundTeam(party)
  const claims = await accessTokenOf('aoi@example.com', ['operators'])
  expect(claims).toMatchObject(aoi)
  await party.call('acceptMembership', { claims })
  expect(await statusesWith(party, claims)).toEqual({ operating: 200, reading: 200 })
})

test.each([[[]], [['operator']], [['Operators', 'admins']]])(
  'groups %j make nobody an operator',
  async (groups) => {
    const claims = await accessTokenOf('aoi@example.com', groups)
    expect(claims.scope).not.toContain('ops')
  },
)

test.for([[], ['operator'], ['Operators', 'admins']])(
  'a call of operators is refused to the groups %j',
  async (groups, { party }) => {
    const claims = await accessTokenOf('aoi@example.com', groups)
    expect((await statusesWith(party, claims)).operating).toBe(403)
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

test('an event of version 1, which cannot speak of access tokens, gives no tokens at all', async () => {
  const event = { ...tokenEvent(verified('aoi@example.com')), version: '1' }
  await expect(addPerson(event)).rejects.toThrow('received "1"')
})
