import { describe, expect, test } from 'vitest'
import { type Member, membersMax, putMember, removeMember } from '../../core/account/members.ts'

const member = (memberId: string, role: Member['role'], email = `${memberId}@example.com`): Member => {
  return { memberId, email, role, since: 1 }
}
const aoi = member('aoi', 'admin')
const ren = member('ren', 'admin')
const sora = member('sora', 'developer')
const codeOf = (answer: object) => ('code' in answer ? answer.code : undefined)

describe('members', () => {
  test('the first one may be anybody; a new one is kept as given', () => {
    expect(putMember([], sora)).toEqual({ before: undefined, after: sora })
    expect(putMember([aoi], sora)).toEqual({ before: undefined, after: sora })
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
    const moved = { ...aoi, email: 'new@example.com' }
    expect(putMember([aoi, sora], moved)).toEqual({ before: aoi, after: moved })
    expect(removeMember([aoi, ren], 'aoi')).toEqual({ before: aoi })
    expect(codeOf(putMember([aoi, ren], { ...aoi, role: 'developer' }))).toBeUndefined()
    expect(removeMember([aoi, sora], 'sora')).toEqual({ before: sora })
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
