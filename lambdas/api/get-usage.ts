import type { UsageRowAnswer, UsageRowsAnswer } from '../../contract/get-usage.ts'
import { getUsage as call, type UsageDimension } from '../../contract/get-usage.ts'
import { isAdmin } from '../http/caller.ts'
import { tokensToJson } from '../http/charge-json.ts'
import { preferredMediaType } from '../http/negotiate.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { type UsageRow, UsageView } from '../store/usage-view.ts'

/** Shows use by day, app and meter, in the requested grouping; as CSV if the caller accepts that. Only admins see money. */
export function getUsage(deps: TeamDeps) {
  const view = new UsageView(deps.table, deps.journal)
  return hubRoute(deps, call, async ({ params, query, headers, caller }): Promise<Outcome> => {
    const { teamId } = params
    if ((await deps.operations.load(teamId)) === undefined) return notFound
    const amounts = isAdmin(caller) ? [...uses, 'usdCents' as const] : uses
    const rows = groupRows(await view.rows(teamId, query.from, query.to), query.groupBy).map((row) =>
      isAdmin(caller) ? row : withoutMoney(row),
    )
    if (preferredMediaType(headers.accept, ['application/json', 'text/csv']) === 'application/json') {
      return { status: 200, body: { from: query.from, to: query.to, rows } satisfies UsageRowsAnswer }
    }
    const disposition = `attachment; filename="usage-${teamId}-${query.from}-${query.to}.csv"`
    return {
      status: 200,
      headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': disposition },
      body: toCsv(rows, [
        ...query.groupBy,
        ...amounts.filter((name) => name !== 'included' || rows.some((row) => row.included)),
      ]),
    }
  })
}

/** `included` has a column only where subscriptions include something. */
const uses = ['quantity', 'included', 'units', 'tokens'] as const

const withoutMoney = ({ usdCents: _, ...row }: UsageRowAnswer): UsageRowAnswer => row

function groupRows(rows: readonly UsageRow[], by: readonly UsageDimension[]): UsageRowAnswer[] {
  const groups = new Map<string, UsageRow>()
  for (const row of rows) {
    const key = by.map((dimension) => dimensionOf(row, dimension)).join('\n')
    const sum = groups.get(key)
    groups.set(key, sum === undefined ? row : addRows(sum, row))
  }
  const inOrder = [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return inOrder.map(([, row]) => ({
    ...Object.fromEntries(by.map((dimension) => [dimension, dimensionOf(row, dimension)])),
    quantity: row.quantity,
    ...(row.included !== undefined && { included: row.included }),
    units: row.units,
    tokens: tokensToJson(row.milliTokens),
    usdCents: row.usdCents,
  }))
}

function dimensionOf(row: UsageRow, dimension: UsageDimension): string {
  return dimension === 'app' ? row.appId : row[dimension]
}

function addRows(a: UsageRow, b: UsageRow): UsageRow {
  return {
    ...a,
    quantity: a.quantity + b.quantity,
    ...((a.included ?? b.included) !== undefined && { included: (a.included ?? 0) + (b.included ?? 0) }),
    units: a.units + b.units,
    milliTokens: a.milliTokens + b.milliTokens,
    usdCents: a.usdCents + b.usdCents,
  }
}

/** RFC 4180. Ids and meters have no commas or quotes, and a dash is the only character that a spreadsheet could take for a formula. */
function toCsv(rows: readonly UsageRowAnswer[], names: readonly (keyof UsageRowAnswer)[]): string {
  const cell = (value: string | number | undefined) => {
    const text = String(value ?? '')
    return /^[-=+@]/.test(text) ? `"'${text}"` : text
  }
  return (
    [names.join(','), ...rows.map((row) => names.map((name) => cell(row[name])).join(','))].join('\r\n') +
    '\r\n'
  )
}
