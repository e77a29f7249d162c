import type { Role } from '../../core/account/members.ts'
import { assert } from '../../core/assert.ts'
import type { Instant } from '../../core/time/time.ts'
import { readable } from './item-version.ts'
import { membershipPrefix, personPk } from './keys.ts'
import { type Item, queryItems, type Table } from './table.ts'

/** The role of an e-mail address in a team. */
export interface Membership {
  readonly teamId: string
  readonly memberId: string
  readonly role: Role
  readonly since: Instant
}

/** The most teams of one address that are returned. */
export const membershipsMax = 100

/** The teams of which an e-mail address is a member, for the sign-in. */
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
}

function fromItem(item: Item): Membership {
  const { teamId, memberId, role, since } = readable('membership', item)
  assert(
    typeof teamId === 'string' && typeof memberId === 'string' && typeof since === 'number',
    'a membership of an unknown shape',
  )
  assert(role === 'admin' || role === 'developer', `a membership with the role ${role}`)
  return { teamId, memberId, role, since }
}
