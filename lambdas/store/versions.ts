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
  const [from, to] = [setupVersionKey(teamId).sk, usageCursorKey(teamId).sk]
  const items = await queryItems(table, { pk: teamPk(teamId), from, to, limit: 2 })
  const versionOf = (sk: string) => numberIn(items.find((item) => item.sk === sk))
  return { usage: versionOf(to), setup: versionOf(from) }
}

function numberIn(item: Item | undefined): number {
  const version = item === undefined ? 0 : Number(readable('cursor', item).version)
  return version === haltedVersion ? 0 : version
}

/**
 * The write that counts a change of the team's apps, members or notification settings, for the transaction of the
 * change. A condition of that transaction must fail when it is sent again, so that a change counts once.
 */
export function countingSetup({ tableName: TableName }: Table, teamId: string): Write {
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
