import { readable } from './item-version.ts'
import { openArchive, usageCursorKey } from './keys.ts'
import { getItem, type Table } from './table.ts'

/** A cursor with this value takes no entries: a rebuild is running or was interrupted. */
export const haltedVersion = Number.MAX_SAFE_INTEGER

/** The version of a team's account up to which the usage view counts, or `haltedVersion`. */
export async function readUsageCursor(table: Table, teamId: string): Promise<number> {
  const item = await getItem(table, usageCursorKey(teamId))
  return item === undefined ? 0 : Number(readable('cursor', item).version)
}

/** The update that moves the cursor, if it is still at `from`. */
export function movingUsageCursor(
  { tableName: TableName }: Table,
  teamId: string,
  { from, to }: { readonly from: number; readonly to: number },
) {
  const { openShard, openKey } = openArchive(teamId)
  return {
    TableName,
    Key: usageCursorKey(teamId),
    // The mark is for the archive, which has a separate cursor.
    UpdateExpression: 'SET #version = :to, openShard = :openShard, openKey = :openKey',
    ConditionExpression: from === 0 ? 'attribute_not_exists(pk)' : '#version = :from',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: {
      ':to': to,
      ':openShard': openShard,
      ':openKey': openKey,
      ...(from > 0 && { ':from': from }),
    },
  }
}
