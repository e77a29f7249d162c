import { archiveLines } from '../audit/archive-lines.ts'
import { ArchiveOrder } from '../audit/archive-order.ts'
import type { Entry } from '../core/journal/entry.ts'
import { withoutPersonalData } from '../core/journal/erasure.ts'
import { dayMs } from '../core/time/time.ts'
import { toLine } from '../lambdas/store/entry-line.ts'
import { CannotDo, count, dryRun, type Operating } from './operating.ts'
import { Retirement } from './retirement.ts'
import { chosenTeams, type TeamChoice } from './teams.ts'

/**
 * No rule reads older entries: events are at most 34 days old, limits count one period, and usage queries
 * cover 400 days.
 */
export const youngestDays = 400

export interface RetireChoice extends TeamChoice {
  /** Day in UTC, such as `2024-01-01`. Entries from before this day are retired. */
  readonly before: string
  /** The archive that must contain the entries: a folder or `s3://bucket/entries`. */
  readonly archive: string
  readonly apply?: boolean
}

/**
 * Retires old usage events from the table, each only if the archive contains it unchanged. Returns their
 * number.
 */
export async function retireEntries(
  { table, now, print }: Operating,
  { before, archive, apply, ...choice }: RetireChoice,
): Promise<number> {
  const at = /^\d{4}-\d\d-\d\d$/.test(before) ? Date.parse(before) : Number.NaN
  if (Number.isNaN(at)) throw new CannotDo(`--before must be a day such as 2024-01-01, not ${before}.`)
  if (at > now() - youngestDays * dayMs) throw new CannotDo(`Entries stay for ${youngestDays} days at least.`)
  const retirement = new Retirement(table)
  const order = new ArchiveOrder()
  let total = 0
  try {
    for await (const { line } of archiveLines(archive)) order.add(line)
    const prove = (entry: Entry) => assertArchived(order, entry)
    for await (const { teamId } of chosenTeams(table, choice)) {
      const retired = await (apply === true
        ? retirement.run(teamId, at, prove)
        : retirement.plan(teamId, at, prove))
      if (retired.events > 0)
        print(`${teamId}: ${count(retired.events, 'event')} up to version ${retired.upTo}`)
      total += retired.events
    }
  } finally {
    order.close()
  }
  print(`${count(total, 'event')}${apply === true ? ' retired' : ' to retire'}.`)
  if (apply !== true) print(dryRun)
  return total
}

function assertArchived(order: ArchiveOrder, entry: Entry): void {
  const archived = order.entryOf(entry.teamId, entry.version)
  if (archived === undefined)
    throw new CannotDo(
      `${entry.teamId}: entry ${entry.version} is not in the archive. Nothing after it is retired.`,
    )
  if (toLine(withoutPersonalData(archived)) !== toLine(withoutPersonalData(entry)))
    throw new CannotDo(
      `${entry.teamId}: entry ${entry.version} is not what the archive has. Nothing after it is retired.`,
    )
}
