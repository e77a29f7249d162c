import { type Refusal, refuse } from '../refusal.ts'
import type { Instant } from '../time/time.ts'

export type Role = 'admin' | 'developer'

/** A person of a team. The e-mail address is in lower case, because addresses are compared that way. */
export interface Member {
  readonly memberId: string
  readonly email: string
  readonly role: Role
  readonly since: Instant
}

/** Members of one team, at most. */
export const membersMax = 200

/** The change of one member: `before` is absent for a new one, `after` for one that leaves. */
export interface MemberChange {
  readonly before?: Member
  readonly after?: Member
}

/** Adds a member, or changes a member's address or role, and keeps `since`. Where nothing changes, `before` is `after`. */
export function putMember(members: readonly Member[], member: Member): MemberChange | Refusal {
  const { memberId, email, role } = member
  const before = members.find((other) => other.memberId === memberId)
  if (members.some((other) => other.memberId !== memberId && other.email === email))
    return refuse('MEMBER_EXISTS')
  if (before === undefined && members.length >= membersMax) return refuse('TOO_MANY_MEMBERS')
  if (role !== 'admin' && isLastAdmin(members, before)) return refuse('LAST_ADMIN')
  if (before?.email === email && before.role === role) return { before, after: before }
  return { before, after: { memberId, email, role, since: before?.since ?? member.since } }
}

/** Removes a member; unknown members are ignored. */
export function removeMember(members: readonly Member[], memberId: string): MemberChange | Refusal {
  const before = members.find((other) => other.memberId === memberId)
  return isLastAdmin(members, before) ? refuse('LAST_ADMIN') : { before }
}

/** True where the team would be left without an admin. */
function isLastAdmin(members: readonly Member[], member: Member | undefined): boolean {
  return member?.role === 'admin' && members.every((other) => other === member || other.role !== 'admin')
}
