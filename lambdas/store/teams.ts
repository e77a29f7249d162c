import type { Write } from './commit.ts'
import { readable } from './item-version.ts'
import { profileKey } from './keys.ts'
import { getItem, type Table } from './table.ts'

/** The names of a team and its hub, which no decision about use needs. */
export interface TeamProfile {
  readonly teamId: string
  readonly name: string
  readonly hubName?: string
}

export class TeamStore {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  async find(teamId: string): Promise<TeamProfile | undefined> {
    const item = await getItem(this.table, profileKey(teamId))
    if (item === undefined) return undefined
    const { name, hubName } = readable('profile', item)
    return { teamId, name: String(name), ...(typeof hubName === 'string' && { hubName }) }
  }

  /** The write that sets the team's name, or its hub's name, unless it is already set to it. */
  naming(teamId: string, field: 'name' | 'hubName', value: string): Write {
    const Update = {
      TableName: this.table.tableName,
      Key: profileKey(teamId),
      UpdateExpression: 'SET #field = :value',
      ConditionExpression: 'attribute_not_exists(#field) OR #field <> :value',
      ExpressionAttributeNames: { '#field': field },
      ExpressionAttributeValues: { ':value': value },
    }
    return { Update }
  }
}
