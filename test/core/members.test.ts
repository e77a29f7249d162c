import { describe, expect, test } from 'vitest'
import {
  acceptInvitation,
  leaveTeam,
  type Member,
  membersMax,
  putMember,
  removeMember,
} from '../../core/account/members.ts'

const member = (memberId: string, role: Member['role'], email = `${memberId}@example.com`): Member => {
  return { memberId, email, role, since: 1 }
}
const aoi = member('aoi', 'admin')
const ren = member('ren', 'admin')
const sora = member('sora', 'developer')
const codeOf = (answer: object) => ('code' in answer ? answer.code : undefined)

describe('members', () => {
  test('the first one may be anybody; a new one is invited as given', () => {
    const invited = { ...sora, isInvited: true }
    expect(putMember([], sora)).toEqual({ before: undefined, after: invited })
    expect(putMember([aoi], sora)).toEqual({ before: undefined, after: invited })
  })

  test('a changed member keeps the day of joining', () => {
    const asked = { ...sora, role: 'admin', since: 9 } as const
    expect(putMember([aoi, sora], asked)).toEqual({ before: sora, after: { ...sora, role: 'admin' } })
  })

  test('the same again is no change', () => {
    const change = putMember([aoi, sora], { ...sora, since: 9 })
    expect(change).toEqual({ before: sora, after: sora })
    expect('after' in change && change.after).toBe(sora)
  })

  test('an address is there once per team', () => {
    expect(codeOf(putMember([aoi], member('other', 'developer', aoi.email)))).toBe('MEMBER_EXISTS')
    expect(codeOf(putMember([aoi, sora], { ...sora, email: aoi.email }))).toBe('MEMBER_EXISTS')
  })

  test('the last admin neither leaves nor becomes a developer; one of two may', () => {
    expect(codeOf(removeMember([aoi, sora], 'aoi'))).toBe('LAST_ADMIN')
    expect(codeOf(putMember([aoi, sora], { ...aoi, role: 'developer' }))).toBe('LAST_ADMIN')
    expect(removeMember([aoi, ren], 'aoi')).toEqual({ before: aoi })
    expect(codeOf(putMember([aoi, ren], { ...aoi, role: 'developer' }))).toBeUndefined()
    expect(removeMember([aoi, sora], 'sora')).toEqual({ before: sora })
  })

  test('another address is a new invitation with its date, for a member and for an invited person', () => {
    const moved = { ...sora, email: 'new@example.com', since: 9 }
    expect(putMember([aoi, sora], moved)).toEqual({ before: sora, after: { ...moved, isInvited: true } })
  })

  test('the address of the last admin who has accepted is replaced only by an operator', () => {
    const moved = { ...aoi, email: 'new@example.com', since: 9 }
    const invited = { ...ren, isInvited: true } as const
    const replaced = { before: aoi, after: { ...moved, isInvited: true } }
    expect(codeOf(putMember([aoi, sora, invited], moved))).toBe('LAST_ADMIN')
    expect(putMember([aoi, sora, invited], moved, 'operator')).toEqual(replaced)
    expect(putMember([aoi, ren], moved)).toEqual(replaced)
    expect(codeOf(putMember([{ ...aoi, isInvited: true }], moved))).toBeUndefined()
  })

  test('an invited admin does not replace one who has accepted', () => {
    const invited = { ...ren, isInvited: true } as const
    expect(codeOf(removeMember([aoi, invited], 'aoi'))).toBe('LAST_ADMIN')
    expect(codeOf(leaveTeam([aoi, invited], aoi.email))).toBe('LAST_ADMIN')
    expect(removeMember([aoi, invited], 'ren')).toEqual({ before: invited })
  })

  test('acceptance begins the membership; a member and a stranger change nothing', () => {
    const invited = { ...sora, isInvited: true } as const
    const accepted = acceptInvitation([aoi, invited], sora.email, 9)
    expect(accepted).toStrictEqual({ before: invited, after: { ...sora, since: 9 } })
    expect(acceptInvitation([aoi, sora], sora.email, 9)).toEqual({ before: sora, after: sora })
    expect(acceptInvitation([aoi], sora.email, 9)).toEqual({ before: undefined, after: undefined })
  })

  test('anybody but the last admin leaves, and everybody may decline', () => {
    expect(leaveTeam([aoi, sora], sora.email)).toEqual({ before: sora })
    expect(leaveTeam([aoi, ren], aoi.email)).toEqual({ before: aoi })
    expect(codeOf(leaveTeam([aoi, sora], aoi.email))).toBe('LAST_ADMIN')
    const invited = { ...aoi, isInvited: true } as const
    expect(leaveTeam([invited], aoi.email)).toEqual({ before: invited })
    expect(leaveTeam([aoi], 'nobody@example.com')).toEqual({ before: undefined })
  })

  test('removing an unknown member changes nothing', () => {
    expect(removeMember([aoi], 'nobody')).toEqual({ before: undefined })
  })

  test('two hundred are the most; those who are there can still be changed', () => {
    const many = Array.from({ length: membersMax }, (_, n) =>
      member(`m${n}`, n === 0 ? 'admin' : 'developer'),
    )
    expect(many).toHaveLength(200)
    expect(codeOf(putMember(many, sora))).toBe('TOO_MANY_MEMBERS')
    expect(codeOf(putMember(many, member('m5', 'admin')))).toBeUndefined()
    expect(codeOf(putMember(many.slice(1), sora))).toBeUndefined()
  })
})
