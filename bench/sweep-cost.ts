import type { Account } from '../core/account/account.ts'
import { emptyAccount } from '../core/account/account.ts'
import { lotOf } from '../core/commands/grant-lot.ts'
import { record } from '../core/journal/record.ts'
import { dayMs } from '../core/time/time.ts'
import { sweep } from '../lambdas/consumers/sweep.ts'
import { depsOn } from '../lambdas/runtime/deps.ts'
import { toAccountItem } from '../lambdas/store/account-item.ts'
import type { Table } from '../lambdas/store/table.ts'
import { putItems } from '../test/support/put-items.ts'
import { counted, type Figure } from './figure.ts'
import { type Count, RequestMeter } from './request-meter.ts'

const due = 1_000
const now = Date.parse('2027-06-15T00:05:00Z')
/**
 * Requests of a sweep in addition to two for each due account: each page of a shard is one, and each shard has
 * at least one.
 */
const overheadMax = 64

/**
 * Sweeps a small and a large table with the same number of due accounts. Accounts that are not due must cost
 * nothing.
 */
export async function countSweeps(
  newTable: (id: string) => Promise<Table>,
  accounts: number,
): Promise<readonly Figure[]> {
  const few = await countSweep(await newTable('sweep-few'), due)
  const many = await countSweep(await newTable('sweep-many'), accounts)
  const perAccount = many.requests / due
  return [
    counted(
      `requests of a sweep per due account, ${due} of ${accounts} due`,
      perAccount,
      2 + overheadMax / due,
    ),
    counted('… more than where no other account is there', many.requests - few.requests, 0),
    counted('… write units per due account', many.writeUnits / due, 9),
  ]
}

async function countSweep(table: Table, count: number): Promise<Count> {
  await fill(table, count)
  const env = { tableName: table.tableName, payments: 'sandbox', stage: 'bench' } as const
  const meter = new RequestMeter(table)
  const deps = depsOn({ table: meter.table, env, clock: { now: () => now } })
  await deps.catalog.read()
  return meter.during(async () => {
    const { teams, isDone } = await sweep(deps)
    if (teams !== due || !isDone) throw new Error(`a sweep of ${due} accounts has swept ${teams}`)
  })
}

async function fill(table: Table, count: number): Promise<void> {
  const items = function* () {
    for (let index = 0; index < count; index++) yield { ...toAccountItem(accountOf(index)) }
  }
  await putItems(table, items())
}

/** A team with one lot. In the first thousand teams, the lot has expired since the last entry. */
function accountOf(index: number): Account {
  const boughtAt = index < due ? now - 366 * dayMs : now - 60 * dayMs
  const at = index < due ? now - 5 * dayMs : boughtAt
  const lot = lotOf('lot', 100, boughtAt, at)
  return record(emptyAccount(`team-${index}`), at, { kind: 'lot-granted', lot, paidShortfall: [] }).account
}
