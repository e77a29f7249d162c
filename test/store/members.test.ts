import { expect } from 'vitest'
import {
  acceptInvitation,
  invitationsMax,
  leaveTeam,
  type Member,
  putMember,
  removeMember,
} from '../../core/account/members.ts'
import { MemberStore } from '../../lambdas/store/members.ts'
import { firstOf, MembershipStore } from '../../lambdas/store/memberships.ts'
import { queryItems, type Table } from '../../lambdas/store/table.ts'
import { test } from '../support/fixtures.ts'

let table: Table
let members: MemberStore
let memberships: MembershipStore

test.beforeEach(async ({ table: fresh }) => {
  table = fresh
  members = new MemberStore(table)
  memberships = new MembershipStore(table)
})

const member = (memberId: string, role: Member['role'], email = `${memberId}@example.com`): Member => {
  return { memberId, email, role, since: 7 }
}
const put = (teamId: string, member: Member) => members.change(teamId, (all) => putMember(all, member))
const remove = (teamId: string, memberId: string) =>
  members.change(teamId, (all) => removeMember(all, memberId))

test('an address leads to its teams and roles, however it is capitalized', async () => {
  await put('zinc', member('aoi', 'admin', 'a#i@example.com'))
  await put('acme', member('someone', 'developer', 'a#i@example.com'))
  await put('acme', member('ren', 'admin'))
  expect(await memberships.ofEmail('A#i@Example.com')).toEqual([
    { teamId: 'acme', memberId: 'someone', role: 'developer', since: 7, isInvited: true },
    { teamId: 'zinc', memberId: 'aoi', role: 'admin', since: 7, isInvited: true },
  ])
  expect(await memberships.ofEmail('nobody@example.com')).toEqual([])
})

test('a membership changes, moves and goes with its member', async () => {
  await put('acme', member('aoi', 'admin'))
  await put('acme', member('sora', 'developer'))
  await put('acme', member('sora', 'admin'))
  expect(await memberships.ofEmail('sora@example.com')).toMatchObject([{ role: 'admin' }])
  await put('acme', member('sora', 'admin', 'new@example.com'))
  expect(await memberships.ofEmail('sora@example.com')).toEqual([])
  expect(await memberships.ofEmail('new@example.com')).toMatchObject([{ memberId: 'sora' }])
  await remove('acme', 'sora')
  expect(await memberships.ofEmail('new@example.com')).toEqual([])
  expect(await members.list('acme')).toEqual([{ ...member('aoi', 'admin'), isInvited: true }])
})

test('two admins who remove each other at once leave one admin', async () => {
  await put('acme', member('aoi', 'admin'))
  await put('acme', member('ren', 'admin'))
  const outcomes = await Promise.all([remove('acme', 'aoi'), remove('acme', 'ren')])
  expect(outcomes.filter((outcome) => 'refused' in outcome)).toMatchObject([{ code: 'LAST_ADMIN' }])
  expect(await members.list('acme')).toHaveLength(1)
})

test('two members who take one address at once: one gets it', async () => {
  const both = ['a', 'b'].map((id) => put('acme', member(id, 'admin', 'same@example.com')))
  const outcomes = await Promise.all(both)
  expect(outcomes.filter((outcome) => 'refused' in outcome)).toMatchObject([{ code: 'MEMBER_EXISTS' }])
  expect(await memberships.ofEmail('same@example.com')).toHaveLength(1)
})

const accept = (teamId: string, email: string) =>
  members.change(teamId, (all) => acceptInvitation(all, email, 9))
const leave = (teamId: string, email: string) => members.change(teamId, (all) => leaveTeam(all, email))
const sora = 'sora@example.com'
const storedOf = (email: string) => queryItems(table, { pk: `PERSON#${email}`, limit: 100 })

test('an address has a bounded number of open invitations; each answer makes room for one', async () => {
  const teams = Array.from({ length: invitationsMax }, (_, index) => `team-${index}`)
  for (const team of teams) await put(team, member('sora', 'developer'))
  expect(await put('acme', member('sora', 'developer'))).toMatchObject({ code: 'TOO_MANY_INVITATIONS' })
  expect(await put('acme', member('umi', 'developer'))).not.toHaveProperty('code')
  await accept('team-0', sora)
  expect(await put('acme', member('sora', 'developer'))).not.toHaveProperty('code')
  expect(await put('birch', member('sora', 'developer'))).toMatchObject({ code: 'TOO_MANY_INVITATIONS' })
  await leave('team-1', sora)
  await remove('team-2', 'sora')
  for (const team of ['birch', 'cedar']) await put(team, member('sora', 'developer'))
  expect(await put('elm', member('sora', 'developer'))).toMatchObject({ code: 'TOO_MANY_INVITATIONS' })
})

test('teams that invite one address at once do not pass the bound', async () => {
  const teams = Array.from({ length: invitationsMax - 1 }, (_, index) => `team-${index}`)
  for (const team of teams) await put(team, member('sora', 'developer'))
  const outcomes = await Promise.all(['acme', 'birch'].map((team) => put(team, member('sora', 'developer'))))
  expect(outcomes.filter((outcome) => 'refused' in outcome)).toMatchObject([{ code: 'TOO_MANY_INVITATIONS' }])
  expect(await memberships.ofEmail(sora)).toHaveLength(invitationsMax)
})

test('nothing is stored of an address without memberships', async () => {
  await put('acme', member('aoi', 'admin'))
  await put('acme', member('sora', 'developer'))
  await put('acme', member('sora', 'developer', 'new@example.com'))
  expect(await storedOf(sora)).toEqual([])
  await accept('acme', 'new@example.com')
  expect(await storedOf('new@example.com')).toHaveLength(1)
  await leave('acme', 'new@example.com')
  expect(await storedOf('new@example.com')).toEqual([])
})

test('the chosen team opens first, else the oldest, and never one that is only an invitation', async () => {
  const first = async () => firstOf(await memberships.ofEmail(sora))?.teamId
  for (const team of ['acme', 'birch']) {
    await put(team, member('aoi', 'admin'))
    await put(team, member('sora', 'developer'))
  }
  expect(await first()).toBeUndefined()
  expect(await memberships.choose(sora, 'birch', 10)).toBe(false)
  expect(await memberships.choose(sora, 'cedar', 10)).toBe(false)
  await accept('birch', sora)
  expect(await first()).toBe('birch')
  await accept('acme', sora)
  expect(await first()).toBe('acme')
  expect(await memberships.choose(sora, 'birch', 10)).toBe(true)
  await put('birch', member('sora', 'admin'))
  expect(await first()).toBe('birch')
})
