import { instantToJson } from '../../contract/instant.ts'
import {
  listMoney as call,
  type MoneyAnswer,
  type MoneyRowAnswer,
  moneyColumns,
} from '../../contract/list-money.ts'
import { sayToPeople } from '../../contract/people-messages.ts'
import { periodOf } from '../../core/time/time.ts'
import { type MoneyAsk, type MoneyMark, type MoneyRow, MoneySearch } from '../directory/money-search.ts'
import { toCsv } from '../http/csv.ts'
import { preferredMediaType } from '../http/negotiate.ts'
import { type Answer, badRequest, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'

/** A part of a list, and the key of a place among dues or of an act. A part that has not begun has no key. */
const mark = /^([0-5])\|([0-9A-Za-z:.#_-]{0,160})$/

/** Lists money across all teams, for operators: dues as they are now, and the acts of a month. */
export function listMoney(deps: TeamDeps) {
  const search = new MoneySearch(deps.table)
  return route(call, async ({ query, headers }): Promise<Outcome> => {
    const from = query.cursor === undefined ? undefined : markOf(query.cursor)
    if (query.cursor !== undefined && from === undefined)
      return badRequest({ pointer: '/query/cursor', message: sayToPeople('cursor') })
    const now = deps.clock.now()
    const { list } = query
    const month = query.month ?? periodOf(now)
    const ask: MoneyAsk = list === 'needs-person' ? { list } : list === 'due' ? { list } : { list, month }
    const catalog = await deps.catalog.get()
    const [{ rows, next }, sum] = await Promise.all([
      search.page(ask, { from, limit: query.limit }, { catalog, now }),
      from === undefined ? search.sum(ask) : undefined,
    ])
    const cursor = next && Buffer.from(`${next.part}|${next.after ?? ''}`, 'utf8').toString('base64url')
    const money = rows.map((row) => toJson(row, list === 'needs-person'))
    if (preferredMediaType(headers.accept, ['application/json', 'text/csv']) === 'text/csv')
      return toFile({ ...ask, limit: String(query.limit), cursor }, money)
    const body: MoneyAnswer = {
      at: instantToJson(now),
      ...ask,
      money,
      ...(sum && { sum: { rows: sum.rows, usdCents: sum.usdCents, ...tokensOf(sum) } }),
      ...(cursor !== undefined && { cursor }),
    }
    return { status: 200, body }
  })
}

function markOf(cursor: string): MoneyMark | undefined {
  const [, part, after] = mark.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? []
  if (part === undefined || after === undefined) return undefined
  return { part: Number(part), ...(after !== '' && { after }) }
}

function toJson(row: MoneyRow, needsPerson: boolean): MoneyRowAnswer {
  const { teamId, name, at, usdCents } = row
  const common = { teamId, name, at: instantToJson(at), usdCents }
  if (row.kind === 'due') {
    const { kind, stage, dueIds, nextTryAt, stopsAt } = row
    return {
      ...common,
      kind,
      ...(needsPerson && stage !== 'failed' && { need: stage === 'waiting' ? 'no-result' : stage }),
      stage,
      references: [...dueIds],
      ...(nextTryAt !== undefined && { nextTryAt: instantToJson(nextTryAt) }),
      ...(stopsAt !== undefined && { stopsAt: instantToJson(stopsAt) }),
    }
  }
  const { kind, referenceId, paymentId, reason, creditLeftUsdCents, version } = row
  return {
    ...common,
    kind,
    ...(needsPerson && { need: 'unexpected-payment' }),
    ...tokensOf(row),
    references: [referenceId],
    ...(paymentId !== undefined && { paymentId }),
    ...(reason !== undefined && { reason }),
    creditLeftUsdCents,
    version,
  }
}

function tokensOf({ tokens }: { readonly tokens: number }): { readonly tokens?: number } {
  return tokens === 0 ? {} : { tokens }
}

function toFile(
  asked: Readonly<Record<string, string | undefined>>,
  money: readonly MoneyRowAnswer[],
): Answer {
  const { list, month, cursor } = asked
  const query = new URLSearchParams(
    Object.entries(asked).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, value]],
    ),
  )
  const rows = money.map(({ teamId, references, paymentId, ...row }) => ({
    ...row,
    team: teamId,
    references: references.join(' '),
    payment: paymentId,
  }))
  return {
    status: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="money-${[list, month].filter(Boolean).join('-')}.csv"`,
      ...(cursor !== undefined && { link: `</v1/money?${query}>; rel="next"` }),
    },
    body: toCsv(rows, moneyColumns),
  }
}
