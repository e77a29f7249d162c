import type { Role } from '../../core/account/members.ts'
import { assert } from '../../core/assert.ts'
import type { Instant } from '../../core/time/time.ts'
import { readable } from './item-version.ts'
import { membershipPrefix, personPk } from './keys.ts'
import { type Item, queryItems, type Table } from './table.ts'

/** What an e-mail address may be in a team. */
export interface Membership {
  readonly teamId: string
  readonly memberId: string
  readonly role: Role
  readonly since: Instant
}

/** Teams of one address that are answered at most. */
export const membershipsMax = 100

/** Which teams an e-mail address is a member of: what a sign-in has to know. */
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
