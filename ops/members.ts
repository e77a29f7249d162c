import { removeMember as remove } from '../core/account/members.ts'
import { MemberStore } from '../lambdas/store/members.ts'
import { asCommandLine, CannotDo, dryRun, type Operating } from './operating.ts'
import { oneTeam } from './teams.ts'

export interface RemovedMember {
  readonly team: string
  readonly member: string
  readonly apply?: boolean
}

/** Removes a member of a team, even its last admin, or prints whom that concerns. Throws `CannotDo` if there is none. */
export async function removeMember(
  { table, now, print }: Operating,
  { team, member: memberId, apply = false }: RemovedMember,
): Promise<void> {
  await oneTeam(table, team)
  const members = new MemberStore(table, { now })
  const all = await members.list(team)
  const found = all.find((member) => member.memberId === memberId)
  if (found === undefined) throw new CannotDo(`${team} has no member ${memberId}.`)
  const { email, role, isInvited } = found
  print(`${team}: ${memberId} (${email}), ${isInvited === true ? 'invited as ' : ''}${role}`)
  if (apply) await asCommandLine(() => members.change(team, (today) => remove(today, memberId, 'operator')))
  const isLeft = all.some((other) => other !== found && other.role === 'admin' && other.isInvited !== true)
  if (!isLeft) print(`${team} has no other admin. Register it again with another \`admin\`.`)
  print(apply ? 'Removed.' : dryRun)
}
