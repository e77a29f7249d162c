import { accountKey, keyText } from '../lambdas/store/keys.ts'
import { getItem, type Table } from '../lambdas/store/table.ts'
import { Fingerprint } from './audit-set.ts'
import { entriesInIndex, entriesInTable, entryKeysOf } from './reading.ts'

/**
 * The part of a team's journal that was read: the account's version at that time, and the keys in the index.
 */
export interface TeamRead {
  readonly version: number
  readonly inIndex: Fingerprint
  /** True if the index contained every version. */
  readonly isWhole: boolean
}

type Tell = (teamId: string, lines: readonly string[]) => void

/**
 * Finds entries that are only in the table or only in the index, and entries without an account. Entries
 * never change, so both must contain every entry that was committed when its account was read.
 */
export async function compareWithIndex(
  table: Table,
  teams: ReadonlyMap<string, TeamRead>,
  tell: Tell,
): Promise<void> {
  const inTable = new Map<string, Fingerprint>()
  const newest = new Map<string, number>()
  for await (const key of entryKeysOf(table)) {
    const { team, version } = key
    if (version > (teams.get(team)?.version ?? 0)) newest.set(team, Math.max(version, newest.get(team) ?? 0))
    else inTable.set(team, adding(inTable.get(team), keyText(key)))
  }
  for (const [teamId, { version, inIndex, isWhole }] of teams) {
    if (isWhole && inIndex.equals(inTable.get(teamId) ?? new Fingerprint())) continue
    tell(teamId, await onlyInOne(table, teamId, version))
  }
  for (const [teamId, version] of newest) tell(teamId, await beyond(table, teamId, version))
}

function adding(set = new Fingerprint(), text: string): Fingerprint {
  set.add(text)
  return set
}

async function onlyInOne(table: Table, teamId: string, version: number): Promise<string[]> {
  const stored = await entriesInTable(table, teamId, version)
  const inTable = new Set(stored.map(({ key }) => keyText(key)))
  const inIndex = new Set<string>()
  for await (const { key } of entriesInIndex(table, teamId, 1, version)) inIndex.add(keyText(key))
  return [
    ...[...inTable].filter((key) => !inIndex.has(key)).map((key) => `the index lacks the entry ${key}`),
    ...[...inIndex].filter((key) => !inTable.has(key)).map((key) => `only the index has the entry ${key}`),
  ]
}

/** An entry newer than the account: either it was committed since, or no account wrote it. */
async function beyond(table: Table, teamId: string, version: number): Promise<string[]> {
  const item = await getItem(table, accountKey(teamId))
  if (item === undefined) return [`there are entries (up to ${version}) and no account`]
  return Number(item.version) < version ? [`entry ${version} is beyond the account's version`] : []
}
