import { readable } from './item-version.ts'
import { archiveCursorKey, usageCursorKey } from './keys.ts'
import { batchGet, isWritten, type Table } from './table.ts'
import type { Input } from './table-calls.ts'

/** The archive's progress in each team's journal. */
export class ArchiveCursors {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** The last archived version of each of up to 100 teams; 0 if none is archived. */
  async load(teamIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const items = await batchGet(this.table, teamIds.map(archiveCursorKey))
    const versions = new Map(items.map((item) => [String(item.pk), Number(readable('cursor', item).version)]))
    return new Map(teamIds.map((teamId) => [teamId, versions.get(archiveCursorKey(teamId).pk) ?? 0]))
  }

  /** Moves a team's cursor on. Returns false if another writer has moved it. */
  async move(teamId: string, from: number, to: number): Promise<boolean> {
    return this.update({
      Key: archiveCursorKey(teamId),
      UpdateExpression: 'SET #version = :to',
      ConditionExpression: from === 0 ? 'attribute_not_exists(pk)' : '#version = :from',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':to': to, ...(from > 0 && { ':from': from }) },
    })
  }

  /** Removes a team's mark, unless its journal has gone on beyond a version. */
  async unmark(teamId: string, version: number): Promise<boolean> {
    return this.update({
      Key: usageCursorKey(teamId),
      UpdateExpression: 'REMOVE openShard, openKey',
      ConditionExpression: '#version <= :version',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':version': version },
    })
  }

  private update(input: Omit<Input<'UpdateItem'>, 'TableName'>): Promise<boolean> {
    return isWritten(this.table.send('UpdateItem', { TableName: this.table.tableName, ...input }))
  }
}
