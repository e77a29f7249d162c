import type { Entry } from '../core/journal/entry.ts'
import { teamNameKey } from '../lambdas/store/keys.ts'
import type { Table } from '../lambdas/store/table.ts'
import { TeamStore } from '../lambdas/store/teams.ts'

/** Checks that each name that documents may bear is stored, erased or not, and no other one. */
export class TeamNameAudit {
  private readonly expected = new Set<number>()

  add(entry: Entry): void {
    if (entry.kind === 'team-changed') this.expected.add(entry.teamVersion)
  }

  /** Compares with the table. Names of later versions than the account that was read are left for the next audit. */
  async check(table: Table, teamId: string, version: number): Promise<string[]> {
    const names = await new TeamStore(table).names(teamId)
    const found = new Set(names.map((name) => name.version))
    const missing = [...this.expected].filter((expected) => !found.has(expected))
    const extra = [...found].filter((other) => other <= version && !this.expected.has(other))
    return [
      ...missing.map((expected) => `/${teamNameKey(teamId, expected).sk} is absent`),
      ...extra.map((other) => `/${teamNameKey(teamId, other).sk} is there, by its journal absent`),
    ]
  }
}
