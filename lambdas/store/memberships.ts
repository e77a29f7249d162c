import type { Role } from '../../core/account/members.ts'
import { assert } from '../../core/assert.ts'
import type { Instant } from '../../core/time/time.ts'
import { readable } from './item-version.ts'
import { membershipKey, membershipPrefix, personPk } from './keys.ts'
import { getItem, type Item, isWritten, queryItems, type Table } from './table.ts'

/** The role of an e-mail address in a team. */
export interface Membership {
  readonly teamId: string
  readonly memberId: string
  readonly role: Role
  readonly since: Instant
  /** Present until the person accepts. Until then, the membership allows nothing. */
  readonly isInvited?: true
  /** The instant at which the person chose the team as the one to open first. */
  readonly chosenAt?: Instant
}

/** The most teams of one address that are returned. */
export const membershipsMax = 100

/** The teams of which an e-mail address is a member, or to which it is invited. */
export class MembershipStore {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** The teams of an address, however it is capitalized, in order of their id; the first hundred. */
  async ofEmail(email: string): Promise<readonly Membership[]> {
    const pk = personPk(email)
    const items = await queryItems(this.table, { pk, prefix: membershipPrefix, limit: membershipsMax })
    return items.map(fromItem)
  }

  /** The membership of an address in one team as it is now, open invitations included. */
  async find(email: string, teamId: string): Promise<Membership | undefined> {
    const item = await getItem(this.table, membershipKey(email, teamId))
    return item && fromItem(item)
  }

  /** Makes a team the one to open first. Returns false where the address is not a member, or is only invited. */
  choose(email: string, teamId: string, at: Instant): Promise<boolean> {
    const update = {
      TableName: this.table.tableName,
      Key: membershipKey(email, teamId),
      UpdateExpression: 'SET chosenAt = :at',
      ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(isInvited)',
      ExpressionAttributeValues: { ':at': at },
    }
    return isWritten(this.table.send('UpdateItem', update))
  }
}

function fromItem(item: Item): Membership {
  const { teamId, memberId, role, since, isInvited, chosenAt } = readable('membership', item)
  assert(
    typeof teamId === 'string' && typeof memberId === 'string' && typeof since === 'number',
    'a membership of an unknown shape',
  )
  assert(role === 'admin' || role === 'developer', `a membership with the role ${role}`)
  return {
    teamId,
    memberId,
    role,
    since,
    ...(isInvited === true && { isInvited }),
    ...(typeof chosenAt === 'number' && { chosenAt }),
  }
}

/** The team to open first: the last chosen one, else the oldest; of two at the same instant, the one whose id comes first. */
export function firstOf(memberships: readonly Membership[]): Membership | undefined {
  return memberships
    .filter(({ isInvited }) => isInvited !== true)
    .toSorted(
      (a, b) => (b.chosenAt ?? 0) - (a.chosenAt ?? 0) || a.since - b.since || (a.teamId < b.teamId ? -1 : 1),
    )[0]
}
