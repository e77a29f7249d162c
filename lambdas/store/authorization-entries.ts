import type { Entry } from '../../core/journal/entry.ts'
import { fromEntryItem } from './entry-item.ts'
import { authorizationKey } from './keys.ts'
import { queryItems, type Table } from './table.ts'

/** The entries of an authorization (its grant, captures, void and reversal), oldest first, and no more than `limit`. */
export async function authorizationEntries(
  table: Table,
  authorizationId: string,
  limit: number,
): Promise<readonly Entry[]> {
  const { pk } = authorizationKey(authorizationId)
  return (await queryItems(table, { pk, limit })).map(fromEntryItem)
}
