import { scan } from '../audit/reading.ts'
import {
  accountSortKey,
  archiveCursorKey,
  dueAtKey,
  eventCursorKey,
  parseAccountKey,
  usageCursorKey,
} from '../lambdas/store/keys.ts'
import { type Pending, type PendingWork, pendingWork } from '../lambdas/store/pending.ts'
import type { Table } from '../lambdas/store/table.ts'
import { haltedVersion } from '../lambdas/store/usage-cursor.ts'
import { count, type Operating } from './operating.ts'
import type { Team } from './teams.ts'

/** The sort key of each follower's cursor, by the printed name of the follower. */
const followers = {
  'usage view': usageCursorKey('').sk,
  events: eventCursorKey('').sk,
  archive: archiveCursorKey('').sk,
} as const

export interface Lag {
  readonly teams: number
  readonly entries: number
}

export interface Status {
  readonly teams: number
  /** Backlog of the journal's followers. */
  readonly lags: Readonly<Record<keyof typeof followers, Lag>>
  readonly halted: readonly string[]
  readonly pending: PendingWork
}

/**
 * Reads the pending work of a table: the backlog of its followers and the items that are due. Reads every
 * account and cursor.
 */
export async function readStatus({ table, now }: Operating): Promise<Status> {
  const versions = await versionsOf(table)
  const lags = Object.entries(followers).map(([name, sk]) => [name, lagOf(versions, sk)] as const)
  const pending = await pendingWork(table, now())
  return {
    teams: versions.size,
    lags: Object.fromEntries(lags) as Status['lags'],
    halted: [...versions].flatMap(([teamId, at]) =>
      at.get(followers['usage view']) === haltedVersion ? [teamId] : [],
    ),
    pending,
  }
}

/** Prints the status and returns it. */
export async function showStatus(operating: Operating): Promise<Status> {
  const { print } = operating
  const status = await readStatus(operating)
  print(`${operating.table.tableName}: ${count(status.teams, 'team')}`)
  for (const [name, { teams, entries }] of Object.entries(status.lags))
    print(`${name}: ${teams === 0 ? 'up to date' : `${count(teams, 'team')} behind, by ${entries} in all`}`)
  for (const teamId of status.halted) print(`usage view of ${teamId}: halted by an interrupted rebuild`)
  const { accounts, deliveries, unarchived } = status.pending
  print(`accounts due: ${countOf(accounts)}`)
  print(`deliveries due: ${countOf(deliveries)}`)
  print(`teams to archive: ${countOf(unarchived)}`)
  return status
}

/** Finds the teams whose usage view or events are behind the account. */
export async function teamsBehind(table: Table): Promise<readonly Team[]> {
  const followed = [followers['usage view'], followers.events]
  return [...(await versionsOf(table))].flatMap(([teamId, at]) => {
    const version = at.get(accountSortKey) ?? 0
    return followed.some((cursor) => (at.get(cursor) ?? 0) < version) ? [{ teamId, version }] : []
  })
}

type Versions = ReadonlyMap<string, ReadonlyMap<string, number>>

/** The versions of accounts and cursors, by team and sort key. */
async function versionsOf(table: Table): Promise<Versions> {
  const wanted = [accountSortKey, ...Object.values(followers)]
  const versions = new Map<string, Map<string, number>>()
  const items = scan(table, {
    FilterExpression: 'sk IN (:a, :b, :c, :d)',
    ExpressionAttributeValues: Object.fromEntries(
      wanted.map((sk, index) => [`:${'abcd'.charAt(index)}`, sk]),
    ),
    ProjectionExpression: 'pk, sk, #version',
    ExpressionAttributeNames: { '#version': 'version' },
    ConsistentRead: false,
  })
  for await (const { pk, sk, version } of items) {
    const teamId = parseAccountKey(String(pk))
    const own = versions.get(teamId) ?? new Map<string, number>()
    versions.set(teamId, own.set(String(sk), Number(version)))
  }
  return versions
}

function lagOf(versions: Versions, cursor: string): Lag {
  const behind = [...versions.values()]
    .map((at) => (at.get(accountSortKey) ?? 0) - (at.get(cursor) ?? 0))
    .filter((lag) => lag > 0)
  return { teams: behind.length, entries: sum(behind) }
}

function countOf({ count, isMore, since }: Pending): string {
  return `${count}${isMore ? ' or more' : ''}${since === undefined ? '' : `, the oldest since ${dueAtKey(since)}`}`
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
