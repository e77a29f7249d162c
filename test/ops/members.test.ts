import { expect } from 'vitest'
import { putMember } from '../../core/account/members.ts'
import { ActivityStore } from '../../lambdas/store/activity.ts'
import { MemberStore } from '../../lambdas/store/members.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { removeMember } from '../../ops/members.ts'
import { test } from '../support/fixtures.ts'
import { operatingOn } from '../support/operating.ts'
import { foundAcme } from '../support/party.ts'

let table: Table
let members: MemberStore
const now = Date.parse('2026-02-20T11:00:00Z')

test.beforeEach(async ({ table: fresh, party }) => {
  table = fresh
  members = new MemberStore(table)
  await foundAcme(party)
  const member = { memberId: 'grace', email: 'grace@example.com', role: 'admin', since: now } as const
  await members.change('acme', (all) => putMember(all, member))
})

const ids = async () => (await members.list('acme')).map(({ memberId }) => memberId)

test('the last admin is removed only with --apply, and the activity names the command line', async () => {
  const { operating, lines } = operatingOn(table, now)
  await removeMember(operating, { team: 'acme', member: 'grace' })
  expect(await ids()).toEqual(['grace'])
  expect(lines).toEqual([
    'acme: grace (grace@example.com), invited as admin',
    'acme has no other admin. Register it again with another `admin`.',
    'Nothing was written. Add --apply to do it.',
  ])
  await removeMember(operating, { team: 'acme', member: 'grace', apply: true })
  expect(await ids()).toEqual([])
  const { acts } = await new ActivityStore(table).find({ teamId: 'acme', limit: 1, filter: {} })
  expect(acts).toMatchObject([
    { actor: 'command-line', kind: 'invitation-withdrawn', targetId: 'grace', at: now },
  ])
})

test('an unknown member or team is named', async () => {
  const { operating } = operatingOn(table, now)
  const remove = (team: string, member: string) => removeMember(operating, { team, member, apply: true })
  await expect(remove('acme', 'nobody')).rejects.toThrow('acme has no member nobody.')
  await expect(remove('globex', 'grace')).rejects.toThrow('There is no team globex')
})
