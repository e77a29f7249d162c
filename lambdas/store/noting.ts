import type { Activity } from '../../core/journal/activity.ts'
import type { Instant } from '../../core/time/time.ts'
import { type Actor, noteActor, runInvocation } from '../runtime/invocation.ts'
import type { Write } from './commit.ts'
import { activityKey, actorKey, ttlAfter, ttlAttribute } from './keys.ts'
import type { Table } from './table.ts'

/** Days for which a change of people or settings, and the address of an actor after the last act, are stored. */
const storedDays = 400

/** Runs work outside a call in the name of an actor. */
export function actingAs<T>(actor: Actor, work: () => Promise<T>): Promise<T> {
  return runInvocation(() => {
    noteActor(actor)
    return work()
  })
}

/** A change outside the journal. Its revision is the number of changes of the same item so far; that of an app, the number of all that its team has set up. */
export interface NotedChange {
  readonly teamId: string
  readonly item: 'members' | 'notifications' | 'alerts' | 'apps'
  readonly revision: number
  readonly activity: Omit<Activity, 'actor'>
}

/** The writes that note a change and its actor, for the transaction of the change. */
export function noting(
  table: Table,
  { teamId, item, revision, activity }: NotedChange,
  actor: Actor,
): readonly Write[] {
  const Item = {
    ...activityKey(teamId, activity.at, { item, revision }),
    activity: { ...activity, actor: actor.subject },
    [ttlAttribute]: ttlAfter(activity.at, storedDays),
  }
  const Put = { TableName: table.tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }
  return [{ Put }, ...naming(table, teamId, actor, activity.at)]
}

/** The write that stores the address of an actor; none for an actor without a known address. */
export function naming(
  table: Table,
  teamId: string,
  actor: Actor | undefined,
  at: Instant,
): readonly Write[] {
  if (actor?.email === undefined) return []
  const Update = {
    TableName: table.tableName,
    Key: actorKey(teamId, actor.subject),
    UpdateExpression: 'SET subject = :subject, email = :email, #ttl = :ttl',
    ExpressionAttributeNames: { '#ttl': ttlAttribute },
    ExpressionAttributeValues: {
      ':subject': actor.subject,
      ':email': actor.email,
      ':ttl': ttlAfter(at, storedDays),
    },
  }
  return [{ Update }]
}
