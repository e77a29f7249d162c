import { compareText } from '../../core/directory/words.ts'
import { afterTeam, listingPk, listingRange, listingShards, parseListingKey } from './keys.ts'
import { queryItems, type Table } from './table.ts'

/** A place in a list of teams. `sortKey` orders the list, and the next page begins after it. */
export interface Place {
  readonly sortKey: string
  readonly order: string
  readonly teamId: string
}

export interface PlacesAsk {
  readonly list: string
  /** Only places whose order begins with this text. */
  readonly prefix: string
  /** The sort key of the last place of the previous page. */
  readonly after?: string | undefined
  readonly limit: number
}

/** Reads the next places of a list from all its shards, in one order. Fewer than `limit` are the last ones. */
export async function placesOf(
  table: Table,
  { list, prefix, after, limit }: PlacesAsk,
): Promise<readonly Place[]> {
  const [first, to] = listingRange(prefix)
  const next = after === undefined ? first : afterTeam(after)
  const from = compareText(first, next) > 0 ? first : next
  if (compareText(from, to) > 0) return []
  const shards = Array.from({ length: listingShards }, (_, shard) =>
    queryItems(table, { pk: listingPk(list, shard), from, to, limit }),
  )
  return (await Promise.all(shards))
    .flat()
    .map(({ pk, sk }) => {
      const sortKey = String(sk)
      const { order, teamId } = parseListingKey({ pk: String(pk), sk: sortKey })
      return { sortKey, order, teamId }
    })
    .toSorted((a, b) => compareText(a.sortKey, b.sortKey))
    .slice(0, limit)
}
