import type { Account } from '../../core/account/account.ts'
import type { Entry } from '../../core/journal/entry.ts'
import { Busy } from '../runtime/busy.ts'
import { fromAccountItem, toAccountItem } from './account-item.ts'
import type { CopyItem } from './copy-item.ts'
import { fromKnownItem, type KnownEntry, toEntryItem } from './entry-item.ts'
import { keyText } from './keys.ts'
import { passingReasons } from './passing.ts'
import type { Table } from './table.ts'
import type { Input } from './table-calls.ts'
import { isCancelled, type TransactionCancelled } from './table-errors.ts'

/** One write of a transaction. */
export type Write = NonNullable<Input<'TransactWriteItems'>['TransactItems']>[number]

/** An entry is written only if its key is free. So every operation happens once. */
const isAbsent = 'attribute_not_exists(pk)'
/** The account is written only if it has not changed since the decision. */
const isUnchanged = '#version = :version'

export interface Commit {
  /** The account's version at the decision; 0 for a new account. */
  readonly version: number
  readonly account: Account
  readonly entries: readonly Entry[]
  /** The copies that the entries leave behind. Default: none. */
  readonly copies?: readonly CopyItem[]
  /** Further writes, with their own conditions. Default: none. */
  readonly writes?: readonly Write[]
}

/** The reason why nothing was written, with the items that the failed conditions found. */
export interface LostRace {
  /** The current account, if it had changed. */
  readonly account?: Account
  /** Entries that already exist, by the text of their key. */
  readonly known: ReadonlyMap<string, KnownEntry>
  /** True where a condition of the further writes failed. */
  readonly isOvertaken: boolean
  /** True where the table gave no answer: it is unknown whether anything was written, and there may have been no race. */
  readonly isUnanswered: boolean
}

/** The most items of one transaction. */
export const itemsMax = 100

/** A copy is never older than the entry that it shows. The account's condition keeps the order; this one guards it. */
const isNewer = 'attribute_not_exists(pk) OR ofVersion < :version'

/** Writes entries, their copies and the account together, or nothing. Returns undefined once written, else the winner of the race. */
export async function commit(
  table: Table,
  { version, account, entries, copies = [], writes = [] }: Commit,
): Promise<LostRace | undefined> {
  const TableName = table.tableName
  const ReturnValuesOnConditionCheckFailure = 'ALL_OLD' as const
  const entryPuts = entries.map((entry): Write => {
    return {
      Put: {
        TableName,
        Item: toEntryItem(entry),
        ConditionExpression: isAbsent,
        ReturnValuesOnConditionCheckFailure,
      },
    }
  })
  const condition =
    version === 0
      ? { ConditionExpression: isAbsent }
      : {
          ConditionExpression: isUnchanged,
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': version },
        }
  const accountPut: Write = {
    Put: { TableName, Item: toAccountItem(account), ...condition, ReturnValuesOnConditionCheckFailure },
  }
  const copyPuts = copies.map((Item): Write => {
    const ExpressionAttributeValues = { ':version': Item.ofVersion }
    return { Put: { TableName, Item, ConditionExpression: isNewer, ExpressionAttributeValues } }
  })
  try {
    await table.send('TransactWriteItems', {
      TransactItems: [...entryPuts, accountPut, ...copyPuts, ...writes],
    })
    return undefined
  } catch (error) {
    // The entries' own conditions show at the next try whether it was written.
    if (error instanceof Busy) return { known: new Map(), isOvertaken: false, isUnanswered: true }
    if (!isCancelled(error)) throw error
    return lostRace(error, entries.length)
  }
}

/** Reasons are in the order of the writes: entries, account, copies, further writes. */
function lostRace(error: TransactionCancelled, entryCount: number): LostRace {
  const known = new Map<string, KnownEntry>()
  let account: Account | undefined
  let isOvertaken = false
  for (const [index, reason] of error.reasons.entries()) {
    if (passingReasons.has(reason.Code)) continue
    if (reason.Code !== 'ConditionalCheckFailed') throw error
    const item = reason.Item
    if (index > entryCount) isOvertaken = true
    else if (item === undefined) continue
    else if (index === entryCount) account = fromAccountItem(item)
    else known.set(keyText({ pk: String(item.pk), sk: String(item.sk) }), fromKnownItem(item))
  }
  return { account, known, isOvertaken, isUnanswered: false }
}
