import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Entry } from '../core/journal/entry.ts'
import { withoutPersonalData } from '../core/journal/erasure.ts'
import { fromLine, toLine } from '../lambdas/store/entry-line.ts'

/** Sorts archived entries on disk, because an archive may be far larger than memory. */
export class ArchiveOrder {
  private readonly folder = mkdtempSync(join(tmpdir(), 'tollgate-audit-'))
  private readonly database = new DatabaseSync(join(this.folder, 'entries.db'))
  private readonly insert
  private readonly find
  /** Number of entries that repeat an earlier one. */
  duplicates = 0

  constructor() {
    this.database.exec(`
      PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;
      CREATE TABLE entries (team TEXT, version INTEGER, line TEXT, PRIMARY KEY (team, version)) WITHOUT ROWID`)
    this.insert = this.database.prepare('INSERT OR IGNORE INTO entries VALUES (?, ?, ?)')
    this.find = this.database.prepare('SELECT line FROM entries WHERE team = ? AND version = ?')
  }

  /** Adds one line. Returns the entry's team and a problem, if any. Throws when the line is not an entry. */
  add(text: string): { readonly teamId: string; readonly wrong: readonly string[] } {
    const entry = fromLine(text)
    const { teamId, version } = entry
    if (this.insert.run(teamId, version, toLine(entry)).changes === 1) return { teamId, wrong: [] }
    this.duplicates += 1
    // An erasure may have reached one copy but not the other.
    const known = fromLine(String(this.find.get(teamId, version)?.line))
    const isSame = toLine(withoutPersonalData(known)) === toLine(withoutPersonalData(entry))
    return { teamId, wrong: isSame ? [] : [`entry ${version} was archived twice, and the copies differ`] }
  }

  /** Finds one entry; returns undefined when it is not archived. */
  entryOf(teamId: string, version: number): Entry | undefined {
    const found = this.find.get(teamId, version)
    return found === undefined ? undefined : fromLine(String(found.line))
  }

  /** Yields a team's entries up to a version, in order. */
  *entriesOf(teamId: string, upTo: number): Generator<Entry> {
    const rows = this.database
      .prepare('SELECT line FROM entries WHERE team = ? AND version <= ? ORDER BY version')
      .iterate(teamId, upTo)
    for (const { line } of rows) yield fromLine(String(line))
  }

  /** Yields each team with its last archived version. */
  teams(): ReadonlyMap<string, number> {
    const rows = this.database
      .prepare('SELECT team, max(version) AS version FROM entries GROUP BY team')
      .all()
    return new Map(rows.map(({ team, version }) => [String(team), Number(version)]))
  }

  close(): void {
    this.database.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
