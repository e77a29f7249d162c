import {
  changeKindOf,
  invitationsMax,
  type Member,
  type MemberChange,
  membersMax,
} from '../../core/account/members.ts'
import { assert } from '../../core/assert.ts'
import { type Refusal, refuse } from '../../core/refusal.ts'
import { Busy } from '../runtime/busy.ts'
import { type Clock, systemClock } from '../runtime/clock.ts'
import { currentActor } from '../runtime/invocation.ts'
import { jitteredPause } from '../runtime/pause.ts'
import type { Write } from './commit.ts'
import { InvitationMails } from './invitation-mails.ts'
import { readable } from './item-version.ts'
import {
  invitationsKey,
  type Key,
  memberKey,
  memberPrefix,
  memberRevisionKey,
  membershipKey,
  teamPk,
} from './keys.ts'
import { noting } from './noting.ts'
import { getItem, type Item, isWritten, queryItems, type Table } from './table.ts'
import { countingSetup } from './versions.ts'

const attemptsMax = 10
const pauseMs = 50

/**
 * The people of a team, outside its journal, so that they can be forgotten. Each member has a second item, the
 * membership by e-mail address, written in the same transaction. A revision per team makes changes one after another.
 */
export class MemberStore {
  private readonly table: Table
  private readonly clock: Clock

  constructor(table: Table, clock: Clock = systemClock) {
    this.table = table
    this.clock = clock
  }

  /** All members of a team, in order of their id. */
  async list(teamId: string): Promise<readonly Member[]> {
    const range = { pk: teamPk(teamId), prefix: memberPrefix, limit: membersMax }
    return (await queryItems(this.table, range)).map(fromItem)
  }

  /**
   * Changes one member as `decide` says, on the members as they are; it decides again after a lost race. An invitation is
   * refused if its address has too many open ones. Throws Busy when races are lost for too long.
   */
  async change(
    teamId: string,
    decide: (members: readonly Member[]) => MemberChange | Refusal,
    reason?: string,
  ): Promise<MemberChange | Refusal> {
    for (let attempt = 0; attempt < attemptsMax; attempt++) {
      // The revision is read first: any later change makes the write fail.
      const revision = await this.revision(teamId)
      const decided = decide(await this.list(teamId))
      if ('refused' in decided || decided.before === decided.after) return decided
      const invitations = await this.invitationsAfter(decided)
      if (invitations.some(({ next }) => next > invitationsMax)) return refuse('TOO_MANY_INVITATIONS')
      const writes = [
        this.counting(teamId, revision),
        countingSetup(this.table, teamId),
        ...this.writes(teamId, decided),
        ...invitations.map((count) => this.putCount(count)),
        ...this.noting(teamId, { revision: revision + 1, change: decided, reason }),
        ...(await this.inviting(teamId, decided)),
      ]
      if (await isWritten(this.table.send('TransactWriteItems', { TransactItems: writes }))) return decided
      await jitteredPause(pauseMs * (attempt + 1))
    }
    throw new Busy()
  }

  private async revision(teamId: string): Promise<number> {
    return Number((await getItem(this.table, memberRevisionKey(teamId)))?.revision ?? 0)
  }

  /** The addresses whose open invitations change, with their number before and after. */
  private async invitationsAfter({ before, after }: MemberChange): Promise<readonly InvitationCount[]> {
    const ended = before?.isInvited === true ? before.email : undefined
    const begun = after?.isInvited === true ? after.email : undefined
    if (ended === begun) return []
    const counted = async (email: string | undefined, step: number): Promise<InvitationCount[]> => {
      if (email === undefined) return []
      const now = Number((await getItem(this.table, invitationsKey(email)))?.open ?? 0)
      return [{ email, now, next: Math.max(0, now + step) }]
    }
    return [...(await counted(ended, -1)), ...(await counted(begun, 1))]
  }

  /** Removes the count at zero, so that nothing is stored of an address without invitations. */
  private putCount({ email, now, next }: InvitationCount): Write {
    const { tableName: TableName } = this.table
    const Key = invitationsKey(email)
    const condition = {
      ConditionExpression: now === 0 ? 'attribute_not_exists(pk)' : '#open = :now',
      ...(now > 0 && {
        ExpressionAttributeNames: { '#open': 'open' },
        ExpressionAttributeValues: { ':now': now },
      }),
    }
    if (next === 0) return { Delete: { TableName, Key, ...condition } }
    return { Put: { TableName, Item: { ...Key, open: next }, ...condition } }
  }

  private counting(teamId: string, revision: number): Write {
    const Update = {
      TableName: this.table.tableName,
      Key: memberRevisionKey(teamId),
      UpdateExpression: 'SET revision = :next',
      ConditionExpression: revision === 0 ? 'attribute_not_exists(pk)' : 'revision = :revision',
      ExpressionAttributeValues: {
        ':next': revision + 1,
        ...(revision > 0 && { ':revision': revision }),
      },
    }
    return { Update }
  }

  /** Notes a change that a call asked for. */
  private noting(teamId: string, { revision, change, reason }: Noted): readonly Write[] {
    const actor = currentActor()
    const kind = changeKindOf(change, actor?.email)
    const member = change.after ?? change.before
    if (actor === undefined || kind === undefined || member === undefined) return []
    const { memberId: targetId, email, role } = member
    const activity = {
      at: this.clock.now(),
      kind,
      targetId,
      member: { email, role },
      ...(reason !== undefined && { reason }),
    }
    return noting(this.table, { teamId, item: 'members', revision, activity }, actor)
  }

  /** The mail to a person whom a call invites. */
  private async inviting(teamId: string, { before, after }: MemberChange): Promise<readonly Write[]> {
    const actor = currentActor()
    const isNew = after?.isInvited === true && after.email !== before?.email
    if (actor === undefined || !isNew) return []
    const invitation = { member: after, at: this.clock.now(), invitedBy: actor.email }
    return new InvitationMails(this.table).writing(teamId, invitation)
  }

  private writes(teamId: string, { before, after }: MemberChange): readonly Write[] {
    const { tableName: TableName } = this.table
    const put = (key: Key): Write => ({ Put: { TableName, Item: { ...key, teamId, ...after } } })
    // A change of role or state keeps the person's own choice, which is in the same item.
    const keepChoice = ({ email, memberId, role, since, isInvited }: Member): Write => ({
      Update: {
        TableName,
        Key: membershipKey(email, teamId),
        UpdateExpression: `SET teamId = :team, memberId = :member, email = :email, #role = :role, since = :since${
          isInvited ? ', isInvited = :true' : ' REMOVE isInvited'
        }`,
        ExpressionAttributeNames: { '#role': 'role' },
        ExpressionAttributeValues: {
          ':team': teamId,
          ':member': memberId,
          ':email': email,
          ':role': role,
          ':since': since,
          ...(isInvited && { ':true': true }),
        },
      },
    })
    const remove = (Key: Key): Write => ({ Delete: { TableName, Key } })
    const isGone = before !== undefined && before.email !== after?.email
    return [
      ...(isGone ? [remove(membershipKey(before.email, teamId))] : []),
      ...(after === undefined ? [] : [keepChoice(after)]),
      ...(after === undefined ? [] : [put(memberKey(teamId, after.memberId))]),
      ...(before !== undefined && after === undefined ? [remove(memberKey(teamId, before.memberId))] : []),
    ]
  }
}

interface Noted {
  readonly revision: number
  readonly change: MemberChange
  readonly reason: string | undefined
}

interface InvitationCount {
  readonly email: string
  readonly now: number
  readonly next: number
}

function fromItem(item: Item): Member {
  const { memberId, email, role, since, isInvited } = readable('member', item)
  assert(
    typeof memberId === 'string' && typeof email === 'string' && typeof since === 'number',
    'a member of an unknown shape',
  )
  assert(role === 'admin' || role === 'developer', `a member with the role ${role}`)
  return { memberId, email, role, since, ...(isInvited === true && { isInvited }) }
}
