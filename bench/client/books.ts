import * as v from 'valibot'
import { entriesInIndex } from '../../audit/reading.ts'
import { openAuditSource } from '../../audit/source.ts'
import { auditTable } from '../../audit/table.ts'
import { callsPerToken, meter, type Team, teamId } from './team.ts'

/** Sums of one meter of the team, in calls. */
export interface Books {
  /** Use by the captures of the journal. */
  readonly journal: number
  /** Use by the balance: tokens that are gone, and the remainder. */
  readonly balance: number
  /** Calls that are still held. */
  readonly held: number
  /** Calls that nobody paid for. */
  readonly overspent: number
  readonly authorizations: number
  readonly captures: number
  /** Captures after the end of their authorization, such as those of a killed process. */
  readonly late: number
  /** Differences between the account and its folded journal. */
  readonly differences: readonly string[]
}

const Balance = v.object({
  flex: v.object({ tokens: v.number() }),
  remainders: v.array(v.object({ meter: v.string(), quantity: v.number() })),
  held: v.array(v.object({ meter: v.string(), quantity: v.number() })),
  shortfall: v.array(v.object({ meter: v.string(), units: v.number() })),
})

/** Reads the books of the team while the server of `dataDir` runs. */
export async function readBooks(dataDir: string, team: Team): Promise<Books> {
  const { flex, remainders, held, shortfall } = v.parse(Balance, await team.balance())
  const spent = team.bought - team.spentOnJobs - flex.tokens
  return {
    ...(await readJournal(dataDir)),
    balance: spent * callsPerToken + quantityOf(remainders),
    held: quantityOf(held),
    overspent: shortfall.reduce((sum, { units }) => sum + units, 0) * callsPerToken,
  }
}

function quantityOf(rows: readonly { readonly meter: string; readonly quantity: number }[]): number {
  return rows.find((row) => row.meter === meter)?.quantity ?? 0
}

async function readJournal(dataDir: string) {
  const source = await openAuditSource({ DATA_DIR: dataDir })
  const differences: string[] = []
  const counts = { journal: 0, authorizations: 0, captures: 0, late: 0 }
  for (const table of source.tables) {
    await auditTable(table, { onDifference: (line) => differences.push(line) })
    for await (const { entry } of entriesInIndex(table, teamId, 1, Number.MAX_SAFE_INTEGER)) {
      if (entry.kind === 'authorization') counts.authorizations += 1
      if (entry.kind !== 'capture' || entry.usage.meter !== meter) continue
      counts.captures += 1
      counts.journal += entry.usage.quantity
      if (entry.isLate) counts.late += 1
    }
  }
  await source.close()
  return { ...counts, differences }
}
