import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { routes } from '../../contract/routes.ts'
import { good } from '../support/ask.ts'
import { test } from '../support/fixtures.ts'
import type { Party, PartyAnswer } from '../support/party.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { accessRows } from './access-rows.ts'

/* People in several teams: their own acceptance and choice decide what they may do, and no admin of another team does. */

const address = (name: string) => `${name}@example.com`

/** Claims of a person. `team` and `role` are those of an earlier sign-in, and allow nothing. */
const as = (name: string, claims: object = {}) => ({
  scope: 'hub:read hub:write',
  sub: `subject-of-${name}`,
  person: address(name),
  ...claims,
})

/** Calls as a person, or as an operator. */
const people = (party: Party) => ({
  operator: (operationId: string, teamId: string, body?: object, more: object = {}) =>
    party.call(operationId, {
      params: { teamId, ...more },
      body,
      claims: { scope: 'ops:admin', sub: 'operator' },
    }),
  send: (name: string, operationId: string, sent: object) =>
    party.call(operationId, { ...sent, claims: as(name) }),
  call: (name: string, operationId: string, teamId: string, more: object = {}) =>
    party.call(operationId, { ...good[operationId], params: { teamId, ...more }, claims: as(name) }),
  invite: (name: string, teamId: string, memberId: string, email: string, role = 'developer') =>
    party.call('putMember', { params: { teamId, memberId }, body: { email, role }, claims: as(name) }),
  me: async (name: string) => (await party.call('getMe', { claims: as(name) })).body,
  choose: (name: string, teamId: string) => party.call('chooseTeam', { body: { teamId }, claims: as(name) }),
})
type People = ReturnType<typeof people>

const profile = { country: 'US', paymentMethod: 'credit-card', standing: 'good' }
const codeOf = ({ status, body }: PartyAnswer) =>
  body.code === undefined ? status : `${status} ${body.code}`

/** Registers a team with an admin who has accepted. */
async function found({ operator, call }: People, teamId: string, admin: string): Promise<void> {
  const body = { name: `Team ${teamId}`, ...profile, admin: { memberId: admin, email: address(admin) } }
  expect((await operator('registerTeam', teamId, body)).status).toBe(200)
  expect((await call(admin, 'acceptMembership', teamId)).status).toBe(204)
}

let at: People
test.beforeEach(async ({ party }) => {
  at = people(party)
  await found(at, 'acme', 'aoi')
  await found(at, 'bolt', 'ren')
})

describe('an invitation', () => {
  test('allows nothing until the person accepts it, and is shown to the person', async () => {
    await at.invite('aoi', 'acme', 'sora', 'Sora@example.com', 'admin')
    expect(codeOf(await at.call('sora', 'getTeam', 'acme'))).toBe('404 NOT_FOUND')
    expect(await at.me('sora')).toEqual({
      subject: 'subject-of-sora',
      email: 'sora@example.com',
      teams: [
        { teamId: 'acme', name: 'Team acme', role: 'admin', state: 'invited', since: expect.any(String) },
      ],
    })
    expect(codeOf(await at.choose('sora', 'acme'))).toBe('404 NOT_FOUND')
    for (let time = 0; time < 2; time++)
      expect(codeOf(await at.call('sora', 'acceptMembership', 'acme'))).toBe(204)
    expect(codeOf(await at.call('sora', 'getTeam', 'acme'))).toBe(200)
    expect(codeOf(await at.invite('sora', 'acme', 'umi', address('umi')))).toBe(200)
    expect(await at.me('sora')).toMatchObject({ firstTeamId: 'acme', teams: [{ state: 'accepted' }] })
  })

  test('can be declined, and cannot be accepted afterwards', async () => {
    await at.invite('aoi', 'acme', 'sora', address('sora'))
    for (let time = 0; time < 2; time++) expect(codeOf(await at.call('sora', 'leaveTeam', 'acme'))).toBe(204)
    expect(codeOf(await at.call('sora', 'acceptMembership', 'acme'))).toBe('404 NOT_FOUND')
    expect((await at.me('sora')).teams).toEqual([])
  })

  test('is accepted only by its address', async () => {
    await at.invite('aoi', 'acme', 'sora', address('sora'))
    expect(codeOf(await at.call('umi', 'acceptMembership', 'acme'))).toBe('404 NOT_FOUND')
    expect(codeOf(await at.call('sora', 'getTeam', 'acme'))).toBe('404 NOT_FOUND')
  })
})

test("changing a member's address to that of another team's only admin leaves that team its admin", async () => {
  await at.invite('aoi', 'acme', 'sora', address('sora'))
  await at.call('sora', 'acceptMembership', 'acme')
  expect((await at.invite('aoi', 'acme', 'sora', address('ren'))).body).toMatchObject({ state: 'invited' })
  expect(codeOf(await at.call('sora', 'getTeam', 'acme'))).toBe('404 NOT_FOUND')
  expect(codeOf(await at.call('ren', 'createHub', 'bolt'))).toBe(200)
  expect(codeOf(await at.call('ren', 'getTeam', 'acme'))).toBe('404 NOT_FOUND')
  expect(await at.me('ren')).toMatchObject({
    firstTeamId: 'bolt',
    teams: [
      { teamId: 'acme', role: 'developer', state: 'invited' },
      { teamId: 'bolt', role: 'admin', state: 'accepted' },
    ],
  })
})

test('a consultant in two teams chooses one, switches, and has in each the role of that team', async () => {
  await at.invite('aoi', 'acme', 'sora', address('sora'), 'admin')
  await at.invite('ren', 'bolt', 'sora', address('sora'))
  for (const team of ['acme', 'bolt']) await at.call('sora', 'acceptMembership', team)
  for (const team of ['bolt', 'acme']) {
    expect(codeOf(await at.choose('sora', team))).toBe(204)
    expect((await at.me('sora')).firstTeamId).toBe(team)
    expect(codeOf(await at.call('sora', 'createHub', 'acme'))).toBe(200)
    expect(codeOf(await at.call('sora', 'createHub', 'bolt'))).toBe('403 ADMIN_REQUIRED')
    expect(codeOf(await at.call('sora', 'getTeam', 'bolt'))).toBe(200)
  }
})

test('a removal and a changed role take effect at once, whatever the token states', async ({ party }) => {
  await at.invite('aoi', 'acme', 'sora', address('sora'), 'admin')
  await at.call('sora', 'acceptMembership', 'acme')
  const claims = as('sora', { team: 'acme', role: 'admin' })
  const tried = async () => codeOf(await party.call('createHub', { ...good.createHub, claims }))
  expect(await tried()).toBe(200)
  await at.invite('aoi', 'acme', 'sora', address('sora'), 'developer')
  expect(await tried()).toBe('403 ADMIN_REQUIRED')
  await at.call('aoi', 'removeMember', 'acme', { memberId: 'sora' })
  expect(await tried()).toBe('404 NOT_FOUND')
})

test('a person leaves; the last admin does not', async () => {
  await at.invite('aoi', 'acme', 'sora', address('sora'), 'admin')
  expect(codeOf(await at.call('aoi', 'leaveTeam', 'acme'))).toBe('409 LAST_ADMIN')
  await at.call('sora', 'acceptMembership', 'acme')
  expect(codeOf(await at.call('aoi', 'leaveTeam', 'acme'))).toBe(204)
  expect(codeOf(await at.call('aoi', 'getTeam', 'acme'))).toBe('404 NOT_FOUND')
  expect(codeOf(await at.call('sora', 'leaveTeam', 'acme'))).toBe('409 LAST_ADMIN')
})

test('an operator replaces the address of the last admin, who then may do nothing', async () => {
  const admin = { memberId: 'aoi', email: address('umi') }
  expect(codeOf(await at.invite('aoi', 'acme', 'aoi', address('umi'), 'admin'))).toBe('409 LAST_ADMIN')
  await at.operator('registerTeam', 'acme', { name: 'Acme', ...profile, admin })
  expect(codeOf(await at.call('aoi', 'getTeam', 'acme'))).toBe('404 NOT_FOUND')
  expect(codeOf(await at.call('umi', 'acceptMembership', 'acme'))).toBe(204)
  expect(codeOf(await at.call('umi', 'createHub', 'acme'))).toBe(200)
})

describe('an operator', () => {
  const operator = { scope: 'ops:admin', sub: 'operator' }
  const remove = (party: Party, teamId: string, memberId: string, claims: object = operator) =>
    party.call('removeMember', { params: { teamId, memberId }, claims: { ...claims } })

  test('removes anyone from any team, even the last admin, and the team can be given another', async ({
    party,
  }) => {
    expect(codeOf(await at.call('aoi', 'removeMember', 'acme', { memberId: 'aoi' }))).toBe('409 LAST_ADMIN')
    expect(codeOf(await remove(party, 'acme', 'aoi'))).toBe(204)
    expect(codeOf(await at.call('aoi', 'getTeam', 'acme'))).toBe('404 NOT_FOUND')
    const admin = { memberId: 'umi', email: address('umi') }
    await at.operator('registerTeam', 'acme', { name: 'Acme', ...profile, admin })
    expect(codeOf(await at.call('umi', 'acceptMembership', 'acme'))).toBe(204)
    expect(codeOf(await at.call('umi', 'createHub', 'acme'))).toBe(200)
  })

  test('is answered 404 for an unknown team', async ({ party }) =>
    expect(codeOf(await remove(party, 'nobody', 'aoi'))).toBe('404 NOT_FOUND'))

  test('obeys the rule of the last admin in a team that they are an admin of', async ({ party }) => {
    const both = { ...as('aoi'), scope: 'hub:read hub:write ops:admin' }
    expect(codeOf(await remove(party, 'acme', 'aoi', both))).toBe('409 LAST_ADMIN')
    expect(codeOf(await remove(party, 'bolt', 'ren', both))).toBe(204)
  })

  test('may change nothing else of the hub', async ({ party }) => {
    for (const { operationId, scope } of routes.filter(({ scope }) => scope?.startsWith('hub:')))
      if (accessRows[operationId].operatorsToo !== true)
        expect([
          operationId,
          scope,
          codeOf(await party.call(operationId, { ...good[operationId], claims: operator })),
        ]).toEqual([operationId, scope, '403 INSUFFICIENT_SCOPE'])
  })
})

test('a team that the token states decides, and nothing is chosen, joined or left here', async ({
  party,
}) => {
  const claims = { scope: 'hub:read hub:write', sub: 's', team: 'acme', role: 'developer' }
  expect((await party.call('getTeam', { claims })).status).toBe(200)
  expect((await party.call('getMe', { claims })).body).toEqual({
    subject: 's',
    firstTeamId: 'acme',
    teams: [{ teamId: 'acme', role: 'developer', state: 'accepted' }],
  })
  for (const operationId of ['chooseTeam', 'acceptMembership', 'leaveTeam'])
    expect(codeOf(await party.call(operationId, { ...good[operationId], claims }))).toBe('409 NOT_HERE')
})

const ofTeams = routes.filter(({ operationId }) =>
  ['people', 'overseers', 'admins'].includes(accessRows[operationId].rights),
)

describe.each(ofTeams)('$operationId', ({ operationId }) => {
  test('answers 404 to an invited person, a former member, a stranger and an admin of another team', async ({
    party,
  }) => {
    await at.invite('aoi', 'acme', 'sora', address('sora'), 'admin')
    await at.invite('aoi', 'acme', 'umi', address('umi'), 'admin')
    await at.call('umi', 'acceptMembership', 'acme')
    await at.call('aoi', 'removeMember', 'acme', { memberId: 'umi' })
    const stale = { team: 'acme', role: 'admin' }
    for (const name of ['sora', 'umi', 'riku', 'ren'])
      for (const claims of [as(name), as(name, stale)])
        expect([name, codeOf(await party.call(operationId, { ...good[operationId], claims }))]).toEqual([
          name,
          '404 NOT_FOUND',
        ])
  })

  test('is answered for the members of the team by their role in it', async () => {
    await at.invite('aoi', 'acme', 'sora', address('sora'))
    await at.call('sora', 'acceptMembership', 'acme')
    const developer = codeOf(await at.call('sora', operationId, 'acme'))
    const removed = operationId === 'removeMember' ? { memberId: 'sora' } : {}
    const admin = codeOf(await at.call('aoi', operationId, 'acme', removed))
    expect(developer).toBe(accessRows[operationId].rights === 'people' ? admin : '403 ADMIN_REQUIRED')
    expect(admin).not.toBe('403 ADMIN_REQUIRED')
  })
})

/** The admin and a developer of `bolt`, an invited person, and somebody who knows neither team. */
const peopleOfBolt = ['ren', 'riku', 'sora', 'umi']

async function settleBolt(): Promise<void> {
  await at.invite('ren', 'bolt', 'riku', address('riku'))
  await at.call('riku', 'acceptMembership', 'bolt')
  await at.invite('ren', 'bolt', 'sora', address('sora'), 'admin')
}

/** Rights of people in `bolt`, and the team that opens first. */
const rightsInBolt = () =>
  Promise.all(
    peopleOfBolt.map(async (name) => [
      codeOf(await at.call(name, 'getTeam', 'bolt')),
      codeOf(await at.call(name, 'listEntries', 'bolt')),
      codeOf(await at.call(name, 'createHub', 'bolt')),
      (await at.me(name)).firstTeamId,
    ]),
  )

const rightsAtFirst = [
  [200, 200, 200, 'bolt'],
  [200, '403 ADMIN_REQUIRED', '403 ADMIN_REQUIRED', 'bolt'],
  ['404 NOT_FOUND', '404 NOT_FOUND', '404 NOT_FOUND', undefined],
  ['404 NOT_FOUND', '404 NOT_FOUND', '404 NOT_FOUND', undefined],
]

const changesOfAdmins = routes.filter(({ operationId }) => accessRows[operationId].rights === 'admins')

test.each(peopleOfBolt)('an admin changes nothing for %s of another team by any call', async (name) => {
  await settleBolt()
  for (const { operationId, path } of changesOfAdmins) {
    const body = { email: address(name), role: 'developer' }
    const own = operationId === 'putMember' ? { body } : {}
    for (const teamId of ['acme', 'bolt']) {
      const params = { teamId, ...(path.includes('{memberId}') && { memberId: name }) }
      const { status } = await at.send('aoi', operationId, { ...good[operationId], ...own, params })
      if (teamId === 'bolt') expect([operationId, status]).toEqual([operationId, 404])
    }
    expect([operationId, await rightsInBolt()]).toEqual([operationId, rightsAtFirst])
  }
})

const named = fc.constantFrom(...peopleOfBolt, 'aoi')
const act = fc.record({
  operationId: fc.constantFrom(
    ...(['putMember', 'putMember', 'removeMember', 'registerTeam', 'removeByOperator'] as const),
    ...(['putNotifications', 'moveApps', 'suspendTeam', 'acceptByPerson', 'leaveByPerson'] as const),
  ),
  teamId: fc.constantFrom('acme', 'acme', 'bolt'),
  memberId: named,
  email: named,
  role: fc.constantFrom('admin', 'developer'),
})
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never

/** An act of an admin of `acme`, of an operator for `acme`, or of a person in `acme`. */
async function perform({ operationId, teamId, memberId, email, role }: Act): Promise<void> {
  const admin = { memberId, email: address(email) }
  switch (operationId) {
    case 'putMember':
      await at.invite('aoi', teamId, memberId, address(email), role)
      return
    case 'registerTeam':
      await at.operator('registerTeam', 'acme', { name: 'Acme', ...profile, admin })
      return
    case 'suspendTeam':
      await at.operator('suspendTeam', 'acme', { reason: 'abuse' })
      return
    case 'removeByOperator':
      await at.operator('removeMember', 'acme', undefined, { memberId })
      return
    case 'removeMember':
      await at.call('aoi', 'removeMember', teamId, { memberId })
      return
    case 'acceptByPerson':
      // Only those who have a team already: the first team of the others is one that they accept themselves.
      if (email === 'ren' || email === 'riku') await at.call(email, 'acceptMembership', 'acme')
      return
    case 'leaveByPerson':
      await at.call(email, 'leaveTeam', 'acme')
      return
    default:
      await at.call('aoi', operationId, teamId)
  }
}

test('no acts of one team change what a person may do in another', async ({ clock }) => {
  await settleBolt()
  // Of two teams joined at the same instant, neither is the older one.
  clock.time += 1_000
  expect(await rightsInBolt()).toEqual(rightsAtFirst)
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 8 }), async (acts) => {
      for (const next of acts) await perform(next)
      expect(await rightsInBolt()).toEqual(rightsAtFirst)
    }),
    propertyRuns(15),
  )
})
