import { type Account, emptyAccount } from '../core/account/account.ts'
import type { DomainEvent } from '../core/events/domain-event.ts'
import { eventsOf } from '../core/events/events-of.ts'
import { apply } from '../core/journal/fold.ts'
import type { EventBus } from '../lambdas/bus/event-bus.ts'
import { loadSnapshot } from '../lambdas/store/account-snapshot.ts'
import { CatalogStore } from '../lambdas/store/catalog.ts'
import { JournalStore } from '../lambdas/store/journal.ts'
import { baseKey } from '../lambdas/store/keys.ts'
import type { Table } from '../lambdas/store/table.ts'
import { wholeJournal } from './journal.ts'
import { CannotDo, count, dryRun, type Operating } from './operating.ts'
import { oneTeam } from './teams.ts'

export interface Replay {
  readonly team: string
  /** Version of the first entry to replay. */
  readonly from: number
  /** Version of the last entry. Absent: the account's version. */
  readonly to?: number | undefined
  readonly apply?: boolean
  readonly bus?: EventBus
}

/**
 * Publishes the events of a team's entries again, with the same ids. Existing deliveries are not created
 * again, and consumers that deduplicate recognize the ids. Returns the number of events.
 */
export async function replayEvents({ table, now, print }: Operating, replay: Replay): Promise<number> {
  const { team, from, bus } = replay
  const { version } = await oneTeam(table, team)
  const to = Math.min(replay.to ?? version, version)
  if (from < 1 || from > to) throw new CannotDo(`The journal of ${team} has versions 1 to ${version}.`)
  const rates = await new CatalogStore(table, { now }).get()
  let total = 0
  for await (const { before, after, entry } of folded(table, { team, from, to })) {
    const events = eventsOf(before, after, entry, rates)
    for (const event of events) print(lineOf(event))
    if (replay.apply === true && events.length > 0) await bus?.put(events)
    total += events.length
  }
  print(
    `${count(total, 'event')} of the entries ${from} to ${to}${replay.apply === true ? ' put on the bus' : ''}.`,
  )
  if (replay.apply !== true) print(dryRun)
  return total
}

interface Span {
  readonly team: string
  readonly from: number
  readonly to: number
}

/**
 * Yields entries with the account before and after them. The fold starts at the base when `from` is after it.
 */
async function* folded(table: Table, { team, from, to }: Span) {
  const base = await loadSnapshot(table, baseKey(team))
  let account: Account = base !== undefined && base.version < from ? base : emptyAccount(team)
  for await (const entry of wholeJournal(new JournalStore(table), team, { after: account.version, to })) {
    const before = account
    account = apply(before, entry)
    if (entry.version >= from) yield { before, after: account, entry }
  }
}

function lineOf({ eventId, type, at }: DomainEvent): string {
  return `${eventId} ${type} ${new Date(at).toISOString()}`
}
