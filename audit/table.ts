import type { Account } from '../core/account/account.ts'
import { fromAccountItem } from '../lambdas/store/account-item.ts'
import { loadSnapshot } from '../lambdas/store/account-snapshot.ts'
import { accountKey, baseKey, keyText } from '../lambdas/store/keys.ts'
import { getItem, type Table } from '../lambdas/store/table.ts'
import { Fingerprint } from './audit-set.ts'
import { CopyAudit } from './copies.ts'
import { followJournal } from './following.ts'
import { JournalAudit } from './journal.ts'
import { compareWithIndex, type TeamRead } from './journal-index.ts'
import { accountsOf, entriesInIndex, isMisplaced, type StoredEntry } from './reading.ts'
import { TeamNameAudit } from './team-names.ts'

export interface AuditReport {
  /** Receives each difference as one line. */
  readonly onDifference?: (line: string) => void
  /** Receives the number of entries read so far, and the total. */
  readonly onProgress?: (entries: number, ofEntries: number) => void
}

export interface Audited {
  readonly accounts: number
  readonly entries: number
  readonly differences: number
}

/**
 * Folds the journal of every account of the table and compares it with the account, field by field. Then
 * compares the entries of the table with those of the index. The table may be in use: changes during the
 * audit are left for the next audit. Memory grows by a few numbers for each team, and not with the length of
 * journals.
 */
export async function auditTable(table: Table, report: AuditReport = {}): Promise<Audited> {
  const teams = new Map<string, TeamRead>()
  let [entries, ofEntries, differences] = [0, 0, 0]
  const tell = (teamId: string, lines: readonly string[]) => {
    differences += lines.length
    for (const line of lines) report.onDifference?.(`${teamId}: ${line}`)
  }
  for await (const { teamId, version } of accountsOf(table)) {
    teams.set(teamId, { version: 0, inIndex: new Fingerprint(), isWhole: true })
    ofEntries += version
  }
  for (const teamId of teams.keys()) {
    const found = await readAccount(table, teamId)
    if (typeof found === 'string') {
      tell(teamId, [found])
      continue
    }
    const onEntry = () => {
      entries += 1
      report.onProgress?.(entries, ofEntries)
    }
    teams.set(teamId, await auditTeam(table, found, { tell: (lines) => tell(teamId, lines), onEntry }))
  }
  await compareWithIndex(table, teams, tell)
  return { accounts: teams.size, entries, differences }
}

export interface FoundAccount {
  readonly account: Account
  /** Time in the `due` index at which the account changes next. */
  readonly dueAt?: number
}

/** The account as it is now, or its problems. */
export async function readAccount(table: Table, teamId: string): Promise<FoundAccount | string> {
  const item = await getItem(table, accountKey(teamId))
  if (item === undefined) return 'the account is not under its key'
  try {
    const account = fromAccountItem(item)
    if (account.teamId !== teamId) return `the account names another team, ${account.teamId}`
    return { account, ...(typeof item.dueAt === 'string' && { dueAt: Date.parse(item.dueAt) }) }
  } catch (cause) {
    return `the account cannot be read (${cause instanceof Error ? cause.message : cause})`
  }
}

interface Listener {
  readonly tell: (lines: readonly string[]) => void
  readonly onEntry: () => void
}

async function auditTeam(
  table: Table,
  { account, dueAt }: FoundAccount,
  { tell, onEntry }: Listener,
): Promise<TeamRead> {
  // Some entries up to the base may be only in the archive. The fold starts at the base; the archive audit
  // proves the rest.
  const base = await loadSnapshot(table, baseKey(account.teamId))
  const journal = new JournalAudit(account.teamId, base)
  const copies = new CopyAudit()
  const names = new TeamNameAudit()
  const take = (stored: StoredEntry) => {
    const { version } = stored.entry
    if (isMisplaced(stored)) tell([misplaced(stored)])
    if (version < journal.next) return tell([`entry ${version} is there twice`])
    if (version > journal.next) tell([missing(journal.next, version - 1)])
    tell(journal.add(stored.entry))
    copies.add(stored.entry)
    names.add(stored.entry)
    onEntry()
  }
  const { teamId, version } = account
  const read = await followJournal(table, { teamId, version, from: journal.next }, take)
  const retained = base === undefined ? [] : entriesInIndex(table, teamId, 1, base.version)
  for await (const stored of retained) {
    if (isMisplaced(stored)) tell([misplaced(stored)])
    read.inIndex.add(keyText(stored.key))
    copies.add(stored.entry)
    names.add(stored.entry)
    onEntry()
  }
  if (journal.next <= account.version) tell([missing(journal.next, account.version)])
  tell(journal.check(account, dueAt))
  tell(await copies.check(table, teamId, version))
  tell(await names.check(table, teamId, version))
  return read
}

function misplaced({ entry, key }: StoredEntry): string {
  return `entry ${entry.version} is stored under the key of another: ${keyText(key)}`
}

/** Names missing versions, both bounds included. */
export function missing(from: number, to: number): string {
  return from === to ? `entry ${from} is missing` : `entries ${from} to ${to} are missing`
}
