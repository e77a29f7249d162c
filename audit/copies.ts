import type { Entry } from '../core/journal/entry.ts'
import { copiesOf, copyPrefixes } from '../lambdas/store/copies.ts'
import type { CopyItem } from '../lambdas/store/copy-item.ts'
import { keyText, teamPk } from '../lambdas/store/keys.ts'
import { queryItems, type Table } from '../lambdas/store/table.ts'
import { differences } from './differences.ts'

/** Reads every copy of a team: far more than a team has purchases and bills. */
const itemsMax = 1_000_000

/** Computes the copies of one team from its entries, and compares them with the stored ones. */
export class CopyAudit {
  private readonly expected = new Map<string, CopyItem>()

  /** Adds an entry. Of the copies under one key, that of the latest entry counts. */
  add(entry: Entry): void {
    for (const copy of copiesOf([entry])) {
      const before = this.expected.get(keyText(copy))
      if (before === undefined || before.ofVersion < copy.ofVersion) this.expected.set(keyText(copy), copy)
    }
  }

  /** Compares with the table. Copies of later versions than the account that was read are left for the next audit. */
  async check(table: Table, teamId: string, version: number): Promise<string[]> {
    const wrong: string[] = []
    const missing = new Map(this.expected)
    for (const prefix of copyPrefixes) {
      for (const item of await queryItems(table, { pk: teamPk(teamId), prefix, limit: itemsMax })) {
        // Acts outside the journal share a prefix with the copies of acts in it.
        if (item.ofVersion === undefined) continue
        const key = keyText({ pk: String(item.pk), sk: String(item.sk) })
        missing.delete(key)
        if (Number(item.ofVersion) > version) continue
        wrong.push(...differences(item, this.expected.get(key), `/${String(item.sk)}`))
      }
    }
    return [...wrong, ...[...missing.values()].map(({ sk }) => `/${sk} is absent`)]
  }
}
