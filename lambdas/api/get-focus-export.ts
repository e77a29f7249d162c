import { getFocusExport as call } from '../../contract/get-focus-export.ts'
import { sayToPeople } from '../../contract/people-messages.ts'
import { focusColumns } from '../../core/focus/row.ts'
import { periodStart } from '../../core/time/time.ts'
import { toCsv } from '../http/csv.ts'
import { badRequest, notFound, type Outcome } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import { readSellerName } from '../runtime/env.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { FocusPages } from '../store/focus-pages.ts'

/** Exports the charges of some months as CSV of FOCUS 1.2, in pages below the limit of an answer. */
export function getFocusExport(deps: TeamDeps) {
  const pages = new FocusPages(deps.table)
  const sellerName = readSellerName()
  return hubRoute(deps, call, async ({ params: { teamId }, query }): Promise<Outcome> => {
    const { from, to, cursor } = query
    const seen = await deps.operations.look(teamId)
    if (seen === undefined) return notFound
    if (cursor !== undefined && Number(cursor) > seen.account.version)
      return badRequest({ pointer: '/query/cursor', message: sayToPeople('cursor') })
    if (periodStart(from) < (await pages.wholeSince(teamId)))
      return badRequest({ pointer: '/query/from', message: sayToPeople('monthsInTable') })
    const after = cursor === undefined ? undefined : Number(cursor)
    const { rows, end } = await pages.page({
      seen,
      sellerName,
      from,
      to,
      ...(after !== undefined && { after }),
    })
    const next = end && new URLSearchParams({ from, to, cursor: String(end) })
    return {
      status: 200,
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="focus-${teamId}-${from}-${to}.csv"`,
        ...(next && { link: `</v1/teams/${teamId}/exports/focus?${next}>; rel="next"` }),
      },
      body: toCsv(rows, focusColumns),
    }
  })
}
