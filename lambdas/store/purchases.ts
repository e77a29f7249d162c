import type { Entry } from '../../core/journal/entry.ts'
import type { CopyItem } from './copy-item.ts'
import { orderedPurchaseKey, orderedPurchasePrefix, teamPk } from './keys.ts'
import { queryItems, type Table } from './table.ts'

/** A purchase in the order of the journal. */
export interface OrderedPurchase {
  readonly purchaseId: string
  readonly version: number
}

/** The order of a team's purchases. Each item names one, and is written with its entry. */
export class PurchaseStore {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** Up to `limit` purchases of versions below `before`, newest first. */
  async newest(teamId: string, before: number, limit: number): Promise<readonly OrderedPurchase[]> {
    const items = await queryItems(this.table, {
      pk: teamPk(teamId),
      from: orderedPurchasePrefix,
      to: orderedPurchaseKey(teamId, before - 1).sk,
      isNewestFirst: true,
      limit,
    })
    return items.map(({ purchaseId, ofVersion }) => ({
      purchaseId: String(purchaseId),
      version: Number(ofVersion),
    }))
  }
}

/** The places of the purchases among entries. */
export function orderedPurchaseItems(entries: readonly Entry[]): readonly CopyItem[] {
  return entries.flatMap((entry) => {
    if (entry.kind !== 'purchase') return []
    const { teamId, purchaseId, version } = entry
    return [{ ...orderedPurchaseKey(teamId, version), ofVersion: version, purchaseId }]
  })
}
