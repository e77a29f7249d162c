import { createHash } from 'node:crypto'
import type { Member } from '../../core/account/members.ts'
import type { MailFacts } from '../../core/texts/mail-model.ts'
import type { Instant } from '../../core/time/time.ts'
import type { Write } from './commit.ts'
import { newDeliveryItem } from './deliveries.ts'
import { type Delivery, invitationEndpoint, invitationIdOf } from './delivery.ts'
import { deliveryKey } from './keys.ts'
import { MembershipStore } from './memberships.ts'
import { getItem, type Table } from './table.ts'
import { TeamStore } from './teams.ts'

/** A mail to an invited person. */
export interface InvitationMail {
  readonly to: string
  readonly facts: MailFacts
}

/** An invitation on its way by mail. Its detail holds the address of the invited person. */
interface Invitation {
  readonly member: Pick<Member, 'email' | 'role'>
  readonly at: Instant
  /** The address of the admin; absent for an operator. */
  readonly invitedBy?: string | undefined
}

const digestCharsMax = 16
/** Length of `2026-01-15`. */
const dayChars = 10

/** The mails to invited persons. Each is a delivery, so that it is tried again, and erased with the others. */
export class InvitationMails {
  private readonly table: Table
  private readonly memberships: MembershipStore
  private readonly teams: TeamStore

  constructor(table: Table) {
    this.table = table
    this.memberships = new MembershipStore(table)
    this.teams = new TeamStore(table)
  }

  /**
   * The write that stores the mail of an invitation, due at once, for the transaction of the invitation. There is none if
   * the team has already written to the address on this UTC day, so that nobody is flooded by repeated invitations.
   */
  async writing(teamId: string, { member, at, invitedBy }: Invitation): Promise<readonly Write[]> {
    const { email, role } = member
    const deliveryId = invitationIdOf(new Date(at).toISOString().slice(0, dayChars), digestOf(email))
    if ((await getItem(this.table, deliveryKey(teamId, deliveryId))) !== undefined) return []
    const detail = { id: deliveryId, teamId, email, role, ...(invitedBy !== undefined && { invitedBy }) }
    const delivery: Delivery = {
      ...{ teamId, deliveryId, endpointId: invitationEndpoint, eventId: deliveryId },
      ...{ type: 'MemberInvited', detail, status: 'pending', tries: 0, attempts: [], isResent: false },
    }
    const Item = newDeliveryItem(delivery, at)
    const condition = { ConditionExpression: 'attribute_not_exists(pk)' }
    return [{ Put: { TableName: this.table.tableName, Item, ...condition } }]
  }

  /** The mail of a delivery; undefined if the invitation is no longer open. */
  async find({ teamId, detail }: Pick<Delivery, 'teamId' | 'detail'>): Promise<InvitationMail | undefined> {
    const to = String(detail.email)
    const membership = await this.memberships.find(to, teamId)
    if (membership?.isInvited !== true) return undefined
    const teamName = (await this.teams.find(teamId))?.name ?? teamId
    const invitedBy = typeof detail.invitedBy === 'string' ? { invitedBy: detail.invitedBy } : {}
    return { to, facts: { teamName, role: membership.role, ...invitedBy } }
  }
}

/** Names an address in the id of its delivery without the address itself. */
function digestOf(email: string): string {
  return createHash('sha256').update(email).digest('base64url').slice(0, digestCharsMax)
}
