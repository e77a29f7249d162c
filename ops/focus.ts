import { focusColumns } from '../core/focus/row.ts'
import { type Period, periodStart } from '../core/time/time.ts'
import { toCsv } from '../lambdas/http/csv.ts'
import { openOperations } from '../lambdas/store/all-rules.ts'
import { FocusPages } from '../lambdas/store/focus-pages.ts'
import { openStores } from '../lambdas/store/stores.ts'
import { CannotDo, type Operating } from './operating.ts'
import { chosenTeams, type TeamChoice } from './teams.ts'

export interface FocusChoice extends TeamChoice {
  /** Months of bills, both included. */
  readonly from: Period
  readonly to: Period
  readonly seller: string
}

/** Prints the charges of a team, or of all teams, as CSV of FOCUS 1.2: the rows of the API, under one heading. */
export async function exportFocus({ table, now, print }: Operating, choice: FocusChoice): Promise<void> {
  const { from, to, seller: sellerName } = choice
  if (to < from) throw new CannotDo('--to must not be before --from.')
  const clock = { now }
  const operations = openOperations(table, clock, openStores(table, clock))
  const pages = new FocusPages(table)
  print(focusColumns.join(','))
  for await (const { teamId } of chosenTeams(table, choice)) {
    const seen = await operations.look(teamId)
    if (seen === undefined) continue
    if (periodStart(from) < (await pages.wholeSince(teamId)))
      throw new CannotDo(`Usage events of ${teamId} since ${from} may be in the archive only.`)
    for (let after: number | undefined; ; ) {
      const page = await pages.page({
        seen,
        sellerName,
        from,
        to,
        ...(after !== undefined && { after }),
      })
      const [, ...lines] = toCsv(page.rows, focusColumns).trimEnd().split('\r\n')
      for (const line of lines) print(line)
      after = page.end
      if (after === undefined) break
    }
  }
}
