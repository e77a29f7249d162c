import type { Entry } from '../core/journal/entry.ts'
import { moneyActOf } from '../core/journal/money-act.ts'
import { openOperations } from '../lambdas/store/all-rules.ts'
import type { JournalStore } from '../lambdas/store/journal.ts'
import { openStores } from '../lambdas/store/stores.ts'
import { entriesAfter } from './journal.ts'
import { count, type Operating } from './operating.ts'
import { chosenTeams, type TeamChoice } from './teams.ts'

/** Money of one team, in US cents: now due and as credit, and what was ever credited, refunded and charged back. */
export interface TeamMoney {
  readonly teamId: string
  readonly dueUsdCents: number
  readonly dues: string
  readonly creditUsdCents: number
  readonly creditedUsdCents: number
  readonly refundedUsdCents: number
  readonly chargedBackUsdCents: number
}

/** Prints, as CSV, the teams with something due, credited, refunded or charged back. Returns them. */
export async function reportMoney(
  { table, now, print }: Operating,
  choice: TeamChoice,
): Promise<readonly TeamMoney[]> {
  const clock = { now }
  const stores = openStores(table, clock)
  const operations = openOperations(table, clock, stores)
  const found: TeamMoney[] = []
  print('team,dueUsdCents,dues,creditUsdCents,creditedUsdCents,refundedUsdCents,chargedBackUsdCents')
  for await (const { teamId } of chosenTeams(table, choice)) {
    const seen = await operations.look(teamId)
    if (seen === undefined) continue
    const sums = await sumsOf(stores.journal, teamId, seen.account.version)
    const { dues, creditUsdCents } = seen.account
    const money: TeamMoney = {
      teamId,
      dueUsdCents: dues.reduce((sum, due) => sum + due.usdCents, 0),
      dues: dues.map(({ dueId }) => dueId).join(' '),
      creditUsdCents,
      ...sums,
    }
    const { teamId: _, dues: __, ...amounts } = money
    if (Object.values(amounts).every((amount) => amount === 0)) continue
    found.push(money)
    print(Object.values(money).join(','))
  }
  print(`${count(found.length, 'team')}.`)
  return found
}

type Sums = Pick<TeamMoney, 'creditedUsdCents' | 'refundedUsdCents' | 'chargedBackUsdCents'>

async function sumsOf(journal: JournalStore, teamId: string, version: number): Promise<Sums> {
  let sums: Sums = { creditedUsdCents: 0, refundedUsdCents: 0, chargedBackUsdCents: 0 }
  for await (const entry of entriesAfter(journal, teamId, 0)) {
    if (entry.version > version) break
    sums = addEntry(sums, entry)
  }
  return sums
}

function addEntry(sums: Sums, entry: Entry): Sums {
  const act = moneyActOf(entry)
  const { creditedUsdCents, refundedUsdCents, chargedBackUsdCents } = sums
  switch (act?.kind) {
    case 'credited':
      return { ...sums, creditedUsdCents: creditedUsdCents + act.usdCents }
    case 'refunded':
      return { ...sums, refundedUsdCents: refundedUsdCents + act.usdCents }
    case 'charged-back':
      return { ...sums, chargedBackUsdCents: chargedBackUsdCents + act.usdCents }
    default:
      return sums
  }
}
