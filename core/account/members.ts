import { type Refusal, refuse } from '../refusal.ts'
import type { Instant } from '../time/time.ts'

export type Role = 'admin' | 'developer'

/** A person of a team. The e-mail address is in lower case, because addresses are compared that way. */
export interface Member {
  readonly memberId: string
  readonly email: string
  readonly role: Role
  /** The acceptance of the invitation. Until then, the invitation itself. */
  readonly since: Instant
  /** Present until the person accepts. An invited person may do nothing in the team. */
  readonly isInvited?: true
}

/** Members of one team, at most. Invited persons count. */
export const membersMax = 200

/** Open invitations of one address in all teams, at most. */
export const invitationsMax = 20

/** The change of one member: `before` is absent for a new one, `after` for one that leaves. */
export interface MemberChange {
  readonly before?: Member
  readonly after?: Member
}

/** Names of the changes of one member. */
export const memberChangeKinds = [
  'member-invited',
  'invitation-withdrawn',
  'invitation-declined',
  'member-joined',
  'member-left',
  'member-removed',
  'member-replaced',
  'member-role-changed',
] as const

export type MemberChangeKind = (typeof memberChangeKinds)[number]

/** The one who asks for a change. Only an operator may replace or remove a team's last admin. */
export type MemberAsker = 'admin' | 'operator'

/**
 * Invites a person, or changes a member's address or role. Another address is another person, so it is a new invitation.
 * `before` is `after` if nothing changes.
 */
export function putMember(
  members: readonly Member[],
  member: Member,
  asker: MemberAsker = 'admin',
): MemberChange | Refusal {
  const { memberId, email, role, since } = member
  const before = members.find((other) => other.memberId === memberId)
  if (members.some((other) => other.memberId !== memberId && other.email === email))
    return refuse('MEMBER_EXISTS')
  if (before === undefined && members.length >= membersMax) return refuse('TOO_MANY_MEMBERS')
  const isSamePerson = before?.email === email
  const isReplaced = !isSamePerson && before?.isInvited !== true && asker === 'admin'
  if ((role !== 'admin' || isReplaced) && isLastAdmin(members, before)) return refuse('LAST_ADMIN')
  if (!isSamePerson) return { before, after: { memberId, email, role, since, isInvited: true } }
  return { before, after: before.role === role ? before : { ...before, role } }
}

/** Removes a member; unknown members are ignored. Only an operator may remove a team's last admin. */
export function removeMember(
  members: readonly Member[],
  memberId: string,
  asker: MemberAsker = 'admin',
): MemberChange | Refusal {
  const before = members.find((other) => other.memberId === memberId)
  return asker === 'admin' && isLastAdmin(members, before) ? refuse('LAST_ADMIN') : { before }
}

/** Accepts the invitation of an address. Nothing changes for a member, nor for an address that is not invited. */
export function acceptInvitation(members: readonly Member[], email: string, at: Instant): MemberChange {
  const before = members.find((member) => member.email === email)
  if (before?.isInvited !== true) return { before, after: before }
  const { memberId, role } = before
  return { before, after: { memberId, email, role, since: at } }
}

/** Ends the membership of an address, or declines its invitation, which an invited admin may always do. */
export function leaveTeam(members: readonly Member[], email: string): MemberChange | Refusal {
  const before = members.find((member) => member.email === email)
  return before?.isInvited !== true && isLastAdmin(members, before) ? refuse('LAST_ADMIN') : { before }
}

/** The name of a change that the caller with this address made; undefined where nothing changed. */
export function changeKindOf(
  { before, after }: MemberChange,
  byEmail: string | undefined,
): MemberChangeKind | undefined {
  if (before === after) return undefined
  if (before === undefined) return 'member-invited'
  const isOwn = before.email === byEmail
  if (after === undefined && before.isInvited === true)
    return isOwn ? 'invitation-declined' : 'invitation-withdrawn'
  if (after === undefined) return isOwn ? 'member-left' : 'member-removed'
  if (before.email !== after.email) return 'member-replaced'
  return before.isInvited === true && after.isInvited !== true ? 'member-joined' : 'member-role-changed'
}

/** True where the team would be left without an admin. An invited admin does not replace one who has accepted. */
function isLastAdmin(members: readonly Member[], member: Member | undefined): boolean {
  if (member?.role !== 'admin') return false
  return !members.some(
    (other) =>
      other !== member && other.role === 'admin' && (other.isInvited !== true || member.isInvited === true),
  )
}
