import { isDeepStrictEqual } from 'node:util'
import { type Alert, applyNote, replaceAlerts, type TeamAlerts } from '../../core/alerts/alert.ts'
import { assert } from '../../core/assert.ts'
import type { Entry } from '../../core/journal/entry.ts'
import { dayMs, dayStartOf, type Instant } from '../../core/time/time.ts'
import { Busy } from '../runtime/busy.ts'
import { type Clock, systemClock } from '../runtime/clock.ts'
import { currentActor } from '../runtime/invocation.ts'
import type { Write } from './commit.ts'
import { readable } from './item-version.ts'
import { alertShard, alertsKey, dueAtKey, teamPk } from './keys.ts'
import { noting } from './noting.ts'
import { getItem, type Item, isWritten, type Table } from './table.ts'
import { countingAlerts } from './versions.ts'

const isUnchanged = 'revision = :revision'
const attemptsMax = 5

/**
 * The item of a team's alerts. The account does not contain them, so they cost the decisions about use nothing. Their state
 * changes only in the transaction of the entry that notes a crossing.
 */
export class AlertStore {
  private readonly table: Table
  private readonly clock: Clock

  constructor(table: Table, clock: Clock = systemClock) {
    this.table = table
    this.clock = clock
  }

  async load(teamId: string): Promise<TeamAlerts> {
    const item = await getItem(this.table, alertsKey(teamId))
    return item === undefined ? { teamId, revision: 0, alerts: [] } : fromItem(item)
  }

  /**
   * Replaces the alerts by those that `choose` returns, and returns them with their state. Nothing changes where it returns
   * undefined; it is called again if another writer has changed them meanwhile. Throws Busy if that does not end.
   */
  async change(
    teamId: string,
    choose: (before: TeamAlerts) => readonly Alert[] | undefined,
  ): Promise<TeamAlerts> {
    for (let attempt = 0; attempt < attemptsMax; attempt++) {
      const before = await this.load(teamId)
      const chosen = choose(before)
      if (chosen === undefined) return before
      const now = this.clock.now()
      const alerts = replaceAlerts(before.alerts, chosen, now)
      if (isDeepStrictEqual(before.alerts, alerts)) return before
      const next = { teamId, revision: before.revision + 1, alerts }
      if (await this.put(before, next, now)) return next
    }
    throw new Busy()
  }

  /** The write that changes the state with the entries of a check, for their transaction. */
  noting({ teamId, revision, alerts }: TeamAlerts, entries: readonly Entry[]): Write {
    const after = entries.reduce(
      (state, entry) => (entry.kind === 'alert-noted' ? applyNote(state, entry, entry.at) : state),
      alerts,
    )
    return {
      Update: {
        TableName: this.table.tableName,
        Key: alertsKey(teamId),
        UpdateExpression: 'SET alerts = :alerts, revision = :next',
        ConditionExpression: isUnchanged,
        ExpressionAttributeValues: { ':alerts': after, ':next': revision + 1, ':revision': revision },
      },
    }
  }

  /** Plans the next daily check, unless another run has done so. */
  async planNext(teamId: string, dueAt: Instant): Promise<void> {
    await isWritten(
      this.table.send('UpdateItem', {
        TableName: this.table.tableName,
        Key: alertsKey(teamId),
        UpdateExpression: 'SET dueAt = :next',
        ConditionExpression: 'dueAt = :dueAt',
        ExpressionAttributeValues: { ':next': nextCheckAt(this.clock.now()), ':dueAt': dueAtKey(dueAt) },
      }),
    )
  }

  /** A change is noted with its actor, in the same transaction. */
  private put(before: TeamAlerts, next: TeamAlerts, now: Instant): Promise<boolean> {
    const { tableName: TableName } = this.table
    const { teamId, revision, alerts } = next
    const condition =
      before.revision === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: isUnchanged,
            ExpressionAttributeValues: { ':revision': before.revision },
          }
    const due = alerts.length === 0 ? {} : { dueShard: alertShard(teamId), dueAt: nextCheckAt(now) }
    const Put = { TableName, Item: { ...alertsKey(teamId), ...next, ...due }, ...condition }
    const actor = currentActor()
    const activity = { at: now, kind: 'alerts-changed' as const }
    const notes =
      actor === undefined ? [] : noting(this.table, { teamId, item: 'alerts', revision, activity }, actor)
    const writes = [{ Put }, countingAlerts(this.table, teamId, alerts.length), ...notes]
    return isWritten(this.table.send('TransactWriteItems', { TransactItems: writes }))
  }
}

/** Time alone changes figures, too. So all alerts are checked once a day, after its first instant. */
function nextCheckAt(now: Instant): string {
  return dueAtKey(dayStartOf(now) + dayMs)
}

function fromItem(item: Item): TeamAlerts {
  const { teamId, revision, alerts } = readable('alerts', item)
  assert(
    item.pk === teamPk(String(teamId)) && Number.isSafeInteger(revision) && Array.isArray(alerts),
    'alerts of an unknown shape',
  )
  return { teamId: String(teamId), revision: Number(revision), alerts }
}
