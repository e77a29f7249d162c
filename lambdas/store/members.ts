import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import { type Member, type MemberChange, membersMax } from '../../core/account/members.ts'
import { assert } from '../../core/assert.ts'
import type { Refusal } from '../../core/refusal.ts'
import { Busy } from '../runtime/busy.ts'
import { jitteredPause } from '../runtime/pause.ts'
import type { Write } from './commit.ts'
import { readable } from './item-version.ts'
import { type Key, memberKey, memberPrefix, memberRevisionKey, membershipKey, teamPk } from './keys.ts'
import { getItem, type Item, isWritten, queryItems, type Table } from './table.ts'

const attemptsMax = 10
const pauseMs = 50

/**
 * The people of a team, outside its journal, so that they can be forgotten. Each member has a second item, the
 * membership by e-mail address, written in the same transaction. A revision per team makes changes one after another.
 */
export class MemberStore {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** All members of a team, in order of their id. */
  async list(teamId: string): Promise<readonly Member[]> {
    const range = { pk: teamPk(teamId), prefix: memberPrefix, limit: membersMax }
    return (await queryItems(this.table, range)).map(fromItem)
  }

  /**
   * Changes one member as `decide` says, on the members as they are; it decides again after a lost race. Throws Busy when
   * races are lost for too long.
   */
  async change(
    teamId: string,
    decide: (members: readonly Member[]) => MemberChange | Refusal,
  ): Promise<MemberChange | Refusal> {
    for (let attempt = 0; attempt < attemptsMax; attempt++) {
      // The revision is read first: any later change makes the write fail.
      const revision = await this.revision(teamId)
      const decided = decide(await this.list(teamId))
      if ('refused' in decided || decided.before === decided.after) return decided
      if (await this.write(teamId, revision, decided)) return decided
      await jitteredPause(pauseMs * (attempt + 1))
    }
    throw new Busy()
  }

  private async revision(teamId: string): Promise<number> {
    return Number((await getItem(this.table, memberRevisionKey(teamId)))?.revision ?? 0)
  }

  private write(teamId: string, revision: number, change: MemberChange): Promise<boolean> {
    const TransactItems = [this.counting(teamId, revision), ...this.writes(teamId, change)]
    return isWritten(this.table.client.send(new TransactWriteCommand({ TransactItems })))
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

  private writes(teamId: string, { before, after }: MemberChange): readonly Write[] {
    const { tableName: TableName } = this.table
    const put = (key: Key): Write => ({ Put: { TableName, Item: { ...key, teamId, ...after } } })
    const remove = (Key: Key): Write => ({ Delete: { TableName, Key } })
    const isGone = before !== undefined && before.email !== after?.email
    return [
      ...(isGone ? [remove(membershipKey(before.email, teamId))] : []),
      ...(after === undefined ? [] : [put(membershipKey(after.email, teamId))]),
      ...(after === undefined ? [] : [put(memberKey(teamId, after.memberId))]),
      ...(before !== undefined && after === undefined ? [remove(memberKey(teamId, before.memberId))] : []),
    ]
  }
}

function fromItem(item: Item): Member {
  const { memberId, email, role, since } = readable('member', item)
  assert(
    typeof memberId === 'string' && typeof email === 'string' && typeof since === 'number',
    'a member of an unknown shape',
  )
  assert(role === 'admin' || role === 'developer', `a member with the role ${role}`)
  return { memberId, email, role, since }
}
