import type { UsageRowAnswer, UsageRowsAnswer } from '../../contract/get-usage.ts'
import { getUsage as call } from '../../contract/get-usage.ts'
import { sayToPeople } from '../../contract/people-messages.ts'
import { seesMoney } from '../http/caller.ts'
import { tokensToJson } from '../http/charge-json.ts'
import { toCsv } from '../http/csv.ts'
import { preferredMediaType } from '../http/negotiate.ts'
import { badRequest, notFound, type Outcome } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import {
  pageUnit,
  type UsageGroup,
  type UsagePageEnd,
  UsagePages,
  type UsageQuestion,
} from '../store/usage-pages.ts'

/**
 * Shows use by day or month, app and meter, in the requested grouping and in pages; as CSV if the caller accepts that. Only
 * admins see money.
 */
export function getUsage(deps: TeamDeps) {
  const pages = new UsagePages(deps.table)
  return hubRoute(deps, call, async ({ params, query, headers, ...asker }): Promise<Outcome> => {
    const { teamId } = params
    const { from, to, groupBy: by, appId, cursor } = query
    const asked = { teamId, from, to, by, ...(appId !== undefined && { appId }) }
    const after = cursor === undefined ? undefined : endOf(cursor)
    if (after !== undefined && !isEndIn(asked, after))
      return badRequest({ pointer: '/query/cursor', message: sayToPeople('cursor') })
    if ((await deps.operations.load(teamId)) === undefined) return notFound
    const { groups, end } = await pages.page({ ...asked, ...(after && { after }) })
    const rows = groups.map(groupToJson).map((row) => (seesMoney(asker) ? row : withoutMoney(row)))
    const next = end && cursorOf(end)
    if (preferredMediaType(headers.accept, ['application/json', 'text/csv']) === 'application/json') {
      return {
        status: 200,
        body: { from, to, rows, ...(next && { cursor: next }) } satisfies UsageRowsAnswer,
      }
    }
    const isWhole = after === undefined && end === undefined
    // All pages have the same columns, so the team's totals tell where pages are many.
    const all = isWhole ? groups : (await pages.page({ teamId, from, to, by: ['meter'] })).groups
    const amounts = seesMoney(asker) ? [...uses, 'usdCents' as const] : uses
    const columns = amounts.filter(
      (name) => name !== 'included' || all.some(({ included }) => included !== 0),
    )
    return {
      status: 200,
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="usage-${teamId}-${from}-${to}.csv"`,
        ...(next && { link: linkTo(asked, next) }),
      },
      body: toCsv(rows, [...by, ...columns]),
    }
  })
}

/** `included` has a column only where subscriptions include something. */
const uses = ['quantity', 'included', 'units', 'tokens'] as const

const withoutMoney = ({ usdCents: _, otherBills: __, ...row }: UsageRowAnswer): UsageRowAnswer => row

/** A cursor is the end of a page: `2026-01`, `:app` or `2026-01:app`. */
const cursorOf = ({ period = '', appId }: UsagePageEnd): string =>
  appId === undefined ? period : `${period}:${appId}`

function endOf(cursor: string): UsagePageEnd {
  const [period, appId] = cursor.split(':')
  return { ...(period !== '' && { period }), ...(appId !== undefined && { appId }) }
}

/** False for the cursor of another grouping, and for a month outside the question. */
function isEndIn({ from, to, ...asked }: UsageQuestion, { period, appId }: UsagePageEnd): boolean {
  const unit = pageUnit(asked)
  const hasMonth = period !== undefined && period >= from.slice(0, 7) && period <= to.slice(0, 7)
  return {
    all: false,
    month: hasMonth && appId === undefined,
    app: period === undefined && appId !== undefined,
    'app of a month': hasMonth && appId !== undefined,
  }[unit]
}

function linkTo({ teamId, from, to, by, appId }: UsageQuestion, cursor: string): string {
  const query = new URLSearchParams({
    from,
    to,
    groupBy: by.join(),
    ...(appId !== undefined && { appId }),
    cursor,
  })
  return `</v1/teams/${teamId}/usage?${query}>; rel="next"`
}

function groupToJson({ names, milliTokens, included, ...amounts }: UsageGroup): UsageRowAnswer {
  const { quantity, units, usdCents, otherBills = {} } = amounts
  const tokens = tokensToJson(milliTokens)
  const bills = Object.entries(otherBills)
    .filter(([, cents]) => cents !== 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([period, cents]) => ({ period, usdCents: cents }))
  return {
    ...{ ...names, quantity, ...(included !== 0 && { included }), units, tokens, usdCents },
    ...(bills.length > 0 && { otherBills: bills }),
  }
}
