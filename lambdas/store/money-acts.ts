import type { Entry } from '../../core/journal/entry.ts'
import type { MoneyAct, MoneyActKind } from '../../core/journal/money-act.ts'
import type { Period } from '../../core/time/time.ts'
import { fromKnownItem } from './entry-item.ts'
import { keyText, moneyShardKey, moneyShards, openIndex, parseMoneyKey } from './keys.ts'
import { batchGet, type Item, pagesOf, type Table } from './table.ts'

/** Far below the index's page size of 1 MB. */
const keysPerPage = 2_000

export interface MoneyActsAsk {
  readonly month: Period
  readonly kind: MoneyActKind
  /** The mark of the last act of the previous page. */
  readonly after?: string | undefined
  readonly limit: number
}

/** An act in its month; without its entry where that is only in the archive. */
export interface FoundAct {
  readonly mark: string
  readonly entry?: Entry
}

/** Acts on money of all teams, from the sparse index `open`. It may lag behind the table for a moment. */
export class MoneyActStore {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** The acts of a kind in a month, newest first. */
  async newest({ month, kind, after, limit }: MoneyActsAsk): Promise<readonly FoundAct[]> {
    const pages = shardKeys(month, kind).map((shard) =>
      this.table.send('Query', { ...this.question(shard, after), Limit: limit }),
    )
    const keys = (await Promise.all(pages))
      .flatMap(({ Items = [] }) => Items.map(keysOf))
      .toSorted((a, b) => (a.mark < b.mark ? 1 : -1))
      .slice(0, limit)
    const items = await batchGet(
      this.table,
      keys.map(({ pk, sk }) => ({ pk, sk })),
    )
    const entries = new Map(items.map((item) => [keyText(keysOf(item)), fromKnownItem(item)]))
    return keys.map((key) => {
      const entry = entries.get(keyText(key))
      return { mark: key.mark, ...(entry && entry.kind !== 'retired' && { entry }) }
    })
  }

  /** Adds up all acts of a kind in a month; undefined for more than `addedMax`. */
  async sum(
    month: Period,
    kind: MoneyActKind,
    addedMax: number,
  ): Promise<(Pick<MoneyAct, 'usdCents' | 'tokens'> & { readonly rows: number }) | undefined> {
    let [rows, usdCents, tokens] = [0, 0, 0]
    for (const shard of shardKeys(month, kind)) {
      const question = { ...this.question(shard, undefined), Limit: keysPerPage }
      for await (const items of pagesOf(this.table, 'Query', question)) {
        for (const { openKey } of items) {
          const act = parseMoneyKey(String(openKey))
          usdCents += act.usdCents
          tokens += act.tokens
        }
        rows += items.length
        if (rows > addedMax) return undefined
      }
    }
    return { rows, usdCents, tokens }
  }

  private question(shard: string, before: string | undefined) {
    return {
      TableName: this.table.tableName,
      IndexName: openIndex,
      KeyConditionExpression: `openShard = :shard${before === undefined ? '' : ' AND openKey < :before'}`,
      ExpressionAttributeValues: { ':shard': shard, ...(before !== undefined && { ':before': before }) },
      ScanIndexForward: false,
    }
  }
}

const shardKeys = (month: Period, kind: MoneyActKind): readonly string[] =>
  Array.from({ length: moneyShards }, (_, shard) => moneyShardKey(month, kind, shard))

function keysOf({ pk, sk, openKey }: Item) {
  return { pk: String(pk), sk: String(sk), mark: String(openKey) }
}
