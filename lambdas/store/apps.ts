import { assert } from '../../core/assert.ts'
import type { App } from '../../core/migration/compliance.ts'
import type { Write } from './commit.ts'
import { readable } from './item-version.ts'
import { appKey, openApp, teamAppKey, teamAppPrefix, teamPk } from './keys.ts'
import { Memory } from './memory.ts'
import { batchGet, getItem, type Item, queryItems, type Table } from './table.ts'
import { countingSetup } from './versions.ts'

const rememberedApps = 10_000
/** The most apps of one team that are listed. */
export const teamAppsMax = 10_000

/**
 * Apps by their id, and by team. An app in its team's hub stays there, so a remembered copy stays true;
 * any other app is read each time.
 */
export class AppStore {
  private readonly remembered = new Memory<App>(rememberedApps)
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  async find(appId: string): Promise<App | undefined> {
    return this.remembered.get(appId) ?? this.read(appId)
  }

  /** Finds many apps; unknown apps are missing from the result. */
  async findAll(appIds: readonly string[]): Promise<ReadonlyMap<string, App>> {
    const wanted = [...new Set(appIds)]
    const found = new Map<string, App>()
    for (const appId of wanted) {
      const app = this.remembered.get(appId)
      if (app !== undefined) found.set(appId, app)
    }
    const missing = wanted.filter((appId) => !found.has(appId))
    for (const item of await batchGet(this.table, missing.map(appKey))) {
      const app = this.remember(item)
      if (app !== undefined) found.set(app.appId, app)
    }
    return found
  }

  async ofTeam(teamId: string): Promise<readonly App[]> {
    const items = await queryItems(this.table, {
      pk: teamPk(teamId),
      prefix: teamAppPrefix,
      limit: teamAppsMax,
    })
    return items.map(fromAppItem)
  }

  /**
   * The writes that register an app, or change its name. Its team never changes, and an app in a hub stays there. They fail
   * when they are sent again, so that the change counts once.
   */
  registering(app: App): readonly Write[] {
    const condition = {
      ConditionExpression:
        'attribute_not_exists(pk) OR (teamId = :teamId AND isInHub = :isInHub AND #name <> :name)',
      ExpressionAttributeNames: { '#name': 'name' },
      ExpressionAttributeValues: { ':teamId': app.teamId, ':isInHub': app.isInHub, ':name': app.name },
    }
    const puts = this.items(app).map((Item) => ({
      Put: { TableName: this.table.tableName, Item, ...condition },
    }))
    return [...puts, countingSetup(this.table, app.teamId)]
  }

  /** The writes that move a team's app into its hub, once. */
  moving(teamId: string, appId: string): readonly Write[] {
    const update = {
      TableName: this.table.tableName,
      ConditionExpression: 'teamId = :teamId AND isInHub = :no',
      ExpressionAttributeValues: { ':teamId': teamId, ':no': false, ':yes': true },
    }
    const leaveOpenWork = 'REMOVE openShard, openKey'
    return [
      { Update: { ...update, Key: appKey(appId), UpdateExpression: 'SET isInHub = :yes' } },
      {
        Update: {
          ...update,
          Key: teamAppKey(teamId, appId),
          UpdateExpression: `SET isInHub = :yes ${leaveOpenWork}`,
        },
      },
      countingSetup(this.table, teamId),
    ]
  }

  private items(app: App): readonly Item[] {
    return [
      { ...appKey(app.appId), ...app },
      { ...teamAppKey(app.teamId, app.appId), ...app, ...(!app.isInHub && openApp(app.teamId, app.appId)) },
    ]
  }

  /** The app as it is now, because a remembered name may be old. */
  async read(appId: string): Promise<App | undefined> {
    return this.remember(await getItem(this.table, appKey(appId)))
  }

  private remember(item: Item | undefined): App | undefined {
    if (item === undefined) return undefined
    const app = fromAppItem(item)
    if (app.isInHub) this.remembered.set(app.appId, app)
    return app
  }
}

function fromAppItem(item: Item): App {
  const { appId, teamId, name, isInHub } = readable('app', item)
  assert(
    typeof appId === 'string' && typeof teamId === 'string' && typeof isInHub === 'boolean',
    'an app of an unknown shape',
  )
  return { appId, teamId, name: String(name), isInHub }
}
