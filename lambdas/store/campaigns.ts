import { assert } from '../../core/assert.ts'
import { type CampaignStep, stepId } from '../../core/migration/campaign.ts'
import type { StepDone } from '../../core/migration/progress.ts'
import type { Instant } from '../../core/time/time.ts'
import { readable } from './item-version.ts'
import { campaignDayKey, campaignPk, campaignShardKey, campaignShardPrefix, campaignStepKey } from './keys.ts'
import type { OpenCount } from './open-work.ts'
import { getItem, type Item, isWritten, queryItems, type Table } from './table.ts'
import type { Input } from './table-calls.ts'

const stepsMax = 1_000
const daysMax = 400
const shardsMax = 100

export interface FinishedStep extends StepDone {
  readonly finishedAt: Instant
}

/** The progress of one shard of a step. */
export interface ShardProgress {
  /** The last team that was processed; the next page begins after it. */
  readonly after: string
  readonly isDone: boolean
  readonly teams: number
  readonly apps: number
  /** Teams up to `after` that could not be notified yet; absent for none. They are tried again after the last page. */
  readonly failed?: readonly string[]
}

export interface DayCount extends OpenCount {
  /** `2026-01-15`, in UTC. */
  readonly day: string
}

export const noShardProgress: ShardProgress = { after: '', isDone: false, teams: 0, apps: 0 }

/** The progress of campaigns. An execution that is lost goes on from here. */
export class CampaignStore {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  async steps(campaignId: string): Promise<readonly FinishedStep[]> {
    const range = { pk: campaignPk(campaignId), prefix: 'STEP#', limit: stepsMax }
    return (await queryItems(this.table, range)).map(fromStepItem)
  }

  /** Marks a step as done, once: the first counts stay. */
  async finish(campaignId: string, step: FinishedStep): Promise<void> {
    await this.put(
      { ...campaignStepKey(campaignId, stepId(step)), itemVersion: 2, ...step },
      { ConditionExpression: 'attribute_not_exists(pk)' },
    )
  }

  async shard(campaignId: string, step: CampaignStep, shard: number): Promise<ShardProgress> {
    const item = await getItem(this.table, campaignShardKey(campaignId, stepId(step), shard))
    return item === undefined ? noShardProgress : fromShardItem(item)
  }

  /** The shards of a step that have begun. */
  async shards(campaignId: string, step: CampaignStep): Promise<readonly ShardProgress[]> {
    const prefix = campaignShardPrefix(stepId(step))
    const items = await queryItems(this.table, { pk: campaignPk(campaignId), prefix, limit: shardsMax })
    return items.map(fromShardItem)
  }

  /** Stores a shard's progress, unless another execution has moved it on since `before` was read. */
  async advance(
    campaignId: string,
    step: CampaignStep,
    shard: number,
    { before, after }: { readonly before: ShardProgress; readonly after: ShardProgress },
  ): Promise<void> {
    await this.put(
      { ...campaignShardKey(campaignId, stepId(step), shard), ...after },
      {
        ConditionExpression: 'attribute_not_exists(pk) OR (#after = :after AND isDone = :no)',
        ExpressionAttributeNames: { '#after': 'after' },
        ExpressionAttributeValues: { ':after': before.after, ':no': false },
      },
    )
  }

  /** The last 400 days, the oldest first. */
  async days(campaignId: string): Promise<readonly DayCount[]> {
    const range = { pk: campaignPk(campaignId), prefix: 'DAY#', isNewestFirst: true, limit: daysMax }
    return (await queryItems(this.table, range)).map(fromDayItem).toReversed()
  }

  async hasDay(campaignId: string, day: string): Promise<boolean> {
    return (await getItem(this.table, campaignDayKey(campaignId, day))) !== undefined
  }

  /** Stores the open work of a day; the day's first count stays. */
  async addDay(campaignId: string, count: DayCount): Promise<void> {
    const Item = { ...campaignDayKey(campaignId, count.day), ...count }
    await this.put(Item, { ConditionExpression: 'attribute_not_exists(pk)' })
  }

  /** A failed condition is not an error: another writer has stored the truth. */
  private async put(Item: Item, condition: Partial<Input<'PutItem'>>): Promise<void> {
    await isWritten(this.table.send('PutItem', { TableName: this.table.tableName, Item, ...condition }))
  }
}

function fromStepItem(item: Item): FinishedStep {
  const { notice, of: firstName, finishedAt, teams, apps } = readable('campaign progress', item)
  const { scheduledAt = firstName } = item
  assert(notice === 'announced' || notice === 'reminded' || notice === 'stopped', `a step ${notice}`)
  return {
    notice,
    scheduledAt: Number(scheduledAt),
    finishedAt: Number(finishedAt),
    teams: Number(teams),
    apps: Number(apps),
  }
}

function fromShardItem(item: Item): ShardProgress {
  const { after, isDone, teams, apps, failed } = readable('campaign progress', item)
  return {
    after: String(after),
    isDone: isDone === true,
    teams: Number(teams),
    apps: Number(apps),
    ...(Array.isArray(failed) && { failed: failed.map(String) }),
  }
}

function fromDayItem(item: Item): DayCount {
  const { day, teams, teamsWithoutPlan, appsNotInHub } = readable('campaign progress', item)
  return {
    day: String(day),
    teams: Number(teams),
    teamsWithoutPlan: Number(teamsWithoutPlan),
    appsNotInHub: Number(appsNotInHub),
  }
}
