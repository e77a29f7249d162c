import { assert } from '../../core/assert.ts'
import type { Quote } from '../../core/funding/quote.ts'
import { readable } from './item-version.ts'
import { quoteKey, ttlAfter, ttlAttribute } from './keys.ts'
import { batchGet, getItem, type Item, isWritten, type Table } from './table.ts'

/** A quote is removed this long after its end. Until then its id stays bound to its content. */
const storedDays = 35

/** Quotes of teams. They never change, and no account contains them: an authorization copies what it is bound by. */
export class QuoteStore {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  async find(teamId: string, quoteId: string): Promise<Quote | undefined> {
    const item = await getItem(this.table, quoteKey(teamId, quoteId))
    return item === undefined ? undefined : fromItem(item)
  }

  /** Finds the quotes of a team by their ids; unknown ids are missing from the result. */
  async findAll(teamId: string, quoteIds: readonly string[]): Promise<ReadonlyMap<string, Quote>> {
    const keys = [...new Set(quoteIds)].map((id) => quoteKey(teamId, id))
    const quotes = (await batchGet(this.table, keys)).map(fromItem)
    return new Map(quotes.map((quote) => [quote.quoteId, quote]))
  }
}

/** Stores a new quote. Returns false if its id has a quote already. */
export function putQuote(table: Table, teamId: string, quote: Quote): Promise<boolean> {
  const stored = { ...quote, [ttlAttribute]: ttlAfter(quote.validUntil, storedDays) }
  return isWritten(
    table.send('PutItem', {
      TableName: table.tableName,
      Item: { ...quoteKey(teamId, quote.quoteId), ...stored },
      ConditionExpression: 'attribute_not_exists(pk)',
    }),
  )
}

function fromItem(item: Item): Quote {
  const { pk: _pk, sk: _sk, [ttlAttribute]: _, ...quote } = readable('quote', item)
  assert(
    typeof quote.quoteId === 'string' && Number.isSafeInteger(quote.validUntil),
    'a quote of an unknown shape',
  )
  return quote as unknown as Quote
}
