import { beforeAll, expect } from 'vitest'
import { type Account, emptyAccount } from '../../core/account/account.ts'
import { lotOf } from '../../core/commands/grant-lot.ts'
import { record } from '../../core/journal/record.ts'
import { dayMs } from '../../core/time/time.ts'
import { Busy } from '../../lambdas/runtime/busy.ts'
import { toAccountItem } from '../../lambdas/store/account-item.ts'
import { dueTeams } from '../../lambdas/store/due.ts'
import { dueShard, dueShardKey, dueShards } from '../../lambdas/store/keys.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { test } from '../support/fixtures.ts'

/* The sweep of many due teams: what some of them do to the others. */

const now = Date.parse('2027-06-15T00:05:00Z')
const clock = { now: () => now }

let sweepModule: typeof import('../../lambdas/consumers/sweep.ts')
beforeAll(async () => {
  Object.assign(process.env, { TABLE_NAME: 'unused', PAYMENTS: 'sandbox', STAGE: 'test' })
  const { logger } = await import('../../lambdas/runtime/log.ts')
  logger.setLogLevel('SILENT')
  sweepModule = await import('../../lambdas/consumers/sweep.ts')
})

async function depsOf(table: Table) {
  const { depsOn } = await import('../../lambdas/runtime/deps.ts')
  return depsOn({
    table,
    env: { tableName: table.tableName, payments: 'sandbox', stage: 'test' },
    clock,
  })
}

/** A team whose lot has expired since its last entry. */
function dueAccount(teamId: string): Account {
  const at = now - 5 * dayMs
  const lot = lotOf('lot', 100, now - 366 * dayMs, at)
  return record(emptyAccount(teamId), at, { kind: 'lot-granted', lot, paidShortfall: [] }).account
}

async function putDue(table: Table, teamIds: readonly string[], more: object = {}): Promise<void> {
  for (const teamId of teamIds) {
    const Item = { ...toAccountItem(dueAccount(teamId)), ...more }
    await table.send('PutItem', { TableName: table.tableName, Item })
  }
}

async function stillDue(table: Table): Promise<readonly string[]> {
  const teamIds: string[] = []
  for (let shard = 0; shard < dueShards; shard++)
    for await (const { teamId } of dueTeams(table, shard, now)) teamIds.push(teamId)
  return teamIds.toSorted()
}

const names = Array.from({ length: 400 }, (_, index) => `team-${index}`)
const ofShard = (shard: number) => names.filter((name) => dueShard(name) === dueShardKey(shard))

test('a team that fails each time stops no other team of its shard, and the run reports it at its end', async ({
  table,
}) => {
  const [bad = '', ...good] = ofShard(3)
  expect(good.length).toBeGreaterThan(10)
  await putDue(table, [bad], { itemVersion: 99 })
  await putDue(table, good)
  const deps = await depsOf(table)
  await expect(sweepModule.sweep(deps)).rejects.toThrow('sweep: 1 teams failed')
  expect(await stillDue(table)).toEqual([bad])
})

test('teams that stay busy leave places for the others of their shard, and the run ends as busy', async ({
  table,
}) => {
  const all = ofShard(3)
  const busy = new Set(all.slice(0, 15))
  await putDue(table, all)
  const deps = await depsOf(table)
  const others = all.length - busy.size
  let swept = 0
  let free = () => {}
  const whenOthersAreSwept = new Promise<void>((resolve) => {
    free = resolve
  })
  const advance = async (teamId: string) => {
    if (busy.has(teamId)) {
      await whenOthersAreSwept
      throw new Busy()
    }
    swept += 1
    if (swept === others) free()
    return 1
  }
  // A run that waited for a busy team before the others would never end.
  await expect(sweepModule.sweep({ ...deps, operations: { advance } })).rejects.toThrow(Busy)
  expect(swept).toBe(others)
})

test('a run counts every entry that it writes, also of teams that are swept at the same time', async ({
  table,
}) => {
  const all = ofShard(3)
  await putDue(table, all)
  const swept = await sweepModule.sweep(await depsOf(table))
  expect(swept).toEqual({ teams: all.length, entries: all.length, isDone: true })
})

test('a run with shards sweeps these alone, and the runs of all parts together sweep every team', async ({
  table,
}) => {
  const some = names.slice(0, 60)
  await putDue(table, some)
  const deps = await depsOf(table)
  const first = some.filter((name) => [0, 1, 2, 3].some((shard) => dueShard(name) === dueShardKey(shard)))
  expect(await sweepModule.sweep(deps, [0, 1, 2, 3])).toMatchObject({ teams: first.length, isDone: true })
  expect(await stillDue(table)).toEqual(some.filter((name) => !first.includes(name)).toSorted())
  const rest = [4, 8, 12].map((from) => sweepModule.sweep(deps, [from, from + 1, from + 2, from + 3]))
  expect((await Promise.all(rest)).every(({ isDone }) => isDone)).toBe(true)
  expect(await stillDue(table)).toEqual([])
})

test.for([{ shards: [16] }, { shards: [-1] }, { shards: [] }, { shards: 'all' }])(
  'an input that names no shard is refused: %j',
  async (input) => {
    await expect(sweepModule.handler(input)).rejects.toThrow()
  },
)
