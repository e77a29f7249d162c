import type { Campaign } from '../../core/catalog/catalog.ts'
import type { CampaignChange, ChangedCampaign } from '../../core/migration/campaign-changes.ts'
import { Busy } from '../runtime/busy.ts'
import { readable } from './item-version.ts'
import { campaignKey } from './keys.ts'
import { getItem, isWritten, type Table } from './table.ts'

/** Operators who change one campaign at the same instant are few. */
const attemptsMax = 5

interface Found extends ChangedCampaign {
  /** Number of writes; absent for the launch's own campaign, which nobody has changed. */
  readonly revision?: number
}

/** Campaigns with their changes. No change is lost when two operators write at once. */
export class CampaignChangeStore {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** The campaign as it is now. */
  async load(campaignId: string): Promise<Found | undefined> {
    const item = await getItem(this.table, campaignKey(campaignId))
    if (item === undefined) return undefined
    const { value, changes = [], revision } = readable('catalog item', item)
    return {
      campaign: value as Campaign,
      changes: changes as readonly CampaignChange[],
      ...(revision !== undefined && { revision: Number(revision) }),
    }
  }

  /** Replaces a campaign by what `change` makes of it as it is now. Nothing is written where that is the same object. */
  async change(
    campaignId: string,
    change: (before: ChangedCampaign | undefined) => ChangedCampaign | undefined,
  ): Promise<void> {
    for (let attempt = 0; attempt < attemptsMax; attempt++) {
      const before = await this.load(campaignId)
      const after = change(before)
      if (after === undefined || after === before || (await this.put(campaignId, before, after))) return
    }
    throw new Busy()
  }

  private put(
    campaignId: string,
    before: Found | undefined,
    { campaign: value, changes }: ChangedCampaign,
  ): Promise<boolean> {
    const revision = (before?.revision ?? 0) + 1
    const Item = { ...campaignKey(campaignId), value, changes: changes.map(withoutAbsent), revision }
    const { tableName: TableName } = this.table
    return isWritten(this.table.send('PutItem', { TableName, Item, ...conditionOf(before) }))
  }
}

function conditionOf(before: Found | undefined) {
  if (before === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' }
  if (before.revision === undefined) return { ConditionExpression: 'attribute_not_exists(revision)' }
  return {
    ConditionExpression: 'revision = :revision',
    ExpressionAttributeValues: { ':revision': before.revision },
  }
}

/** The table has no undefined values. */
function withoutAbsent(change: CampaignChange) {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}
