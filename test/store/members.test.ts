import { expect } from 'vitest'
import { type Member, putMember, removeMember } from '../../core/account/members.ts'
import { MemberStore } from '../../lambdas/store/members.ts'
import { MembershipStore } from '../../lambdas/store/memberships.ts'
import type { Table } from '../../lambdas/store/table.ts'
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
    { teamId: 'acme', memberId: 'someone', role: 'developer', since: 7 },
    { teamId: 'zinc', memberId: 'aoi', role: 'admin', since: 7 },
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
  expect(await members.list('acme')).toEqual([member('aoi', 'admin')])
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
