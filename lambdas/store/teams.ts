import type { Write } from './commit.ts'
import { readable } from './item-version.ts'
import { profileKey, teamNameKey, teamNamePrefix, teamPk } from './keys.ts'
import { batchGet, getItem, type Item, queryItems, type Table } from './table.ts'

/** The names of a team and its hub, which no decision about use needs. */
export interface TeamProfile {
  readonly teamId: string
  readonly name: string
  readonly hubName?: string
}

/** A name of the team, and the version of the `team-changed` entry since which it bears it. */
export interface TeamName {
  readonly version: number
  readonly name: string
}

/** Far more than a team changes its name or country. */
const namesMax = 10_000

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

  /** The names of the team as of these versions, by version. */
  async namesAt(teamId: string, versions: readonly number[]): Promise<ReadonlyMap<number, string>> {
    const keys = [...new Set(versions)].map((version) => teamNameKey(teamId, version))
    return new Map((await batchGet(this.table, keys)).map(toName).map(({ version, name }) => [version, name]))
  }

  /** All names that the team has had, oldest first. */
  async names(teamId: string): Promise<readonly TeamName[]> {
    const range = { pk: teamPk(teamId), prefix: teamNamePrefix, limit: namesMax }
    return (await queryItems(this.table, range)).map(toName)
  }

  /** The write that keeps a name for the documents of its time. Its entry is new, so its key is free. */
  keepingName(teamId: string, { version, name }: TeamName): Write {
    const Item = { ...teamNameKey(teamId, version), ofVersion: version, name }
    return {
      Put: { TableName: this.table.tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' },
    }
  }
}

function toName(item: Item): TeamName {
  const { ofVersion, name } = readable('profile', item)
  return { version: Number(ofVersion), name: String(name) }
}
