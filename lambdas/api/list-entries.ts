import { type Charge, chargesOf, type Entry } from '../../core/journal.ts'
import { entryToJson } from '../http/entry-json.ts'
import { badRequest, notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'
import { listEntries as call } from '../schema/hub.ts'
import type { EntriesAnswer } from '../schema/hub-answers.ts'

/** Entries that one answer looks at, at most, for those that a filter lets through. */
const examinedMax = 5_000
const pageMax = 1_000

interface Filter {
  readonly period?: string
  readonly meter?: string
  readonly source?: Charge['source']
}

/**
 * The team's statement, newest first, or those of its entries with certain charges. The cursor is the version of the last
 * entry that was looked at; an answer may be short, and even empty, while there is one.
 */
export function listEntries(deps: Deps) {
  return route(call, async ({ params, query }): Promise<Outcome> => {
    const account = await deps.operations.load(params.teamId)
    if (account === undefined) return notFound
    const from = query.cursor === undefined ? account.version + 1 : Number(query.cursor)
    if (!Number.isSafeInteger(from) || from < 1)
      return badRequest({ pointer: '/query/cursor', message: 'cursor' })
    const { entries, before } = await collect(deps, params.teamId, from, query.limit, query)
    const body: EntriesAnswer = {
      entries: entries.map(entryToJson),
      ...(before > 1 && { cursor: String(before) }),
    }
    return { status: 200, body }
  })
}

async function collect(deps: Deps, teamId: string, from: number, limit: number, filter: Filter) {
  const isFiltered = filter.period !== undefined || filter.meter !== undefined || filter.source !== undefined
  const entries: Entry[] = []
  let before = from
  for (let examined = 0; examined < examinedMax && entries.length < limit && before > 1; ) {
    const page = await deps.journal.newest(teamId, before, isFiltered ? pageMax : limit)
    if (page.length === 0) return { entries, before: 1 }
    for (const entry of page) {
      if (entries.length >= limit) break
      before = entry.version
      if (!isFiltered || chargesOf(entry).some((charge) => isMeant(charge, filter))) entries.push(entry)
    }
    examined += page.length
  }
  return { entries, before }
}

function isMeant(charge: Charge, { period, meter, source }: Filter): boolean {
  const isOfPeriod = period === undefined || (charge.source === 'pay-as-you-go' && charge.period === period)
  return (
    isOfPeriod &&
    (meter === undefined || charge.meter === meter) &&
    (source === undefined || charge.source === source)
  )
}
