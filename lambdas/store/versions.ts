import type { Write } from './commit.ts'
import { readable } from './item-version.ts'
import { setupVersionKey, teamPk, usageCursorKey } from './keys.ts'
import { type Item, queryItems, type Table } from './table.ts'
import { haltedVersion } from './usage-cursor.ts'

/** Versions of a team's data that its account does not contain. Each rises with every change. */
export interface TeamVersions {
  /** The version of the account up to which the daily usage counts. */
  readonly usage: number
  /** Changes of the team's apps, members and notification settings. */
  readonly setup: number
}

/** Reads both versions with one query of 1 read unit: their keys are neighbours. A rebuild of the usage view is counted as 0. */
export async function readVersions(table: Table, teamId: string): Promise<TeamVersions> {
  const { setup, usage } = await readBoth(table, teamId)
  return { usage: usage === haltedVersion ? 0 : usage, setup: setup.version }
}

/** Position of the usage view, or `haltedVersion` while it is rebuilt, and the number of the team's alerts, in the same query. */
export async function readUsageAndAlerts(
  table: Table,
  teamId: string,
): Promise<{ readonly usage: number; readonly alerts: number }> {
  const { setup, usage } = await readBoth(table, teamId)
  return { usage, alerts: setup.alerts }
}

async function readBoth(table: Table, teamId: string) {
  const [from, to] = [setupVersionKey(teamId).sk, usageCursorKey(teamId).sk]
  const items = await queryItems(table, { pk: teamPk(teamId), from, to, limit: 2 })
  const find = (sk: string) => items.find((item) => item.sk === sk)
  const setup = { version: numberIn(find(from), 'version'), alerts: numberIn(find(from), 'alerts') }
  return { setup, usage: numberIn(find(to), 'version') }
}

function numberIn(item: Item | undefined, name: 'version' | 'alerts'): number {
  return item === undefined ? 0 : Number(readable('cursor', item)[name] ?? 0)
}

/**
 * The write that counts a change of the team's apps, members or notification settings, for the transaction of the
 * change. A condition of that transaction must fail when it is sent again, so that a change counts once.
 */
export function countingSetup({ tableName: TableName }: Table, teamId: string) {
  return {
    Update: {
      TableName,
      Key: setupVersionKey(teamId),
      UpdateExpression: 'ADD #version :one',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':one': 1 },
    },
  }
}

/** The same for a change of the team's alerts. Their number tells the consumer of the stream which teams have any. */
export function countingAlerts(table: Table, teamId: string, alerts: number): Write {
  const { Update } = countingSetup(table, teamId)
  return {
    Update: {
      ...Update,
      UpdateExpression: `SET alerts = :alerts ${Update.UpdateExpression}`,
      ExpressionAttributeValues: { ...Update.ExpressionAttributeValues, ':alerts': alerts },
    },
  }
}
