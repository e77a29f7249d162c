import type { EntriesAnswer } from '../../contract/list-entries.ts'
import { listEntries as call } from '../../contract/list-entries.ts'
import { type Catalog, metersOf } from '../../core/catalog/catalog.ts'
import { activityOf } from '../../core/journal/activity.ts'
import type { Entry } from '../../core/journal/entry.ts'
import { effectOfDay, isMeant, type StatementFilter } from '../../core/journal/statement.ts'
import { entryToJson } from '../http/entry-json.ts'
import { badRequest, notFound, type Outcome } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'

/** The most entries that one answer reads to find those that a filter lets through. */
const examinedMax = 5_000
const pageMax = 1_000

interface Ask {
  readonly teamId: string
  /** Entries of versions below this one. */
  readonly before: number
  readonly limit: number
  readonly filter: StatementFilter
}

/** The entries found, and the version below which no entry has been read yet; 1 when all have. */
interface Found {
  readonly entries: readonly Entry[]
  readonly before: number
}

/**
 * Lists the team's statement, newest first, or the entries of it that a filter lets through. The cursor is the version of the
 * last entry read; while there is a cursor, an answer may be short, and even empty.
 */
export function listEntries(deps: TeamDeps) {
  return hubRoute(deps, call, async ({ params, query }): Promise<Outcome> => {
    const { teamId } = params
    const { cursor, limit, meter, api, ...rest } = query
    const [account, catalog] = await Promise.all([deps.operations.load(teamId), deps.catalog.get()])
    if (account === undefined) return notFound
    const before = cursor === undefined ? account.version + 1 : Number(cursor)
    if (!Number.isSafeInteger(before) || before < 1)
      return badRequest({ pointer: '/query/cursor', message: 'cursor' })
    const meters = metersMeant(catalog, meter, api)
    const filter = { ...rest, ...(meters !== undefined && { meters }) }
    const isFiltered = Object.values(filter).some((value) => value !== undefined)
    const found = await (isFiltered ? search : page)(deps, { teamId, before, limit, filter })
    const actors = found.entries.flatMap((entry) => activityOf(entry)?.actor ?? [])
    const addresses = await deps.activity.addresses(teamId, actors)
    const body: EntriesAnswer = {
      entries: found.entries.map((entry) => entryToJson(entry, addresses)),
      ...(found.before > 1 && { cursor: String(found.before) }),
    }
    return { status: 200, body }
  })
}

/** The meters of a filter: a meter, those of an API, or the meter if it belongs to the API; undefined without a filter. */
function metersMeant(catalog: Catalog, meter?: string, api?: string): readonly string[] | undefined {
  if (api === undefined) return meter === undefined ? undefined : [meter]
  return metersOf(catalog, api).filter((name) => meter === undefined || name === meter)
}

async function page(deps: TeamDeps, { teamId, before, limit }: Ask): Promise<Found> {
  const entries = await deps.journal.newest(teamId, before, limit)
  return { entries, before: entries.at(-1)?.version ?? 1 }
}

async function search(deps: TeamDeps, { teamId, before: from, limit, filter }: Ask): Promise<Found> {
  const effect = filter.day === undefined ? undefined : effectOfDay(filter.day)
  const entries: Entry[] = []
  let before = effect === undefined ? from : await deps.journal.firstSince(teamId, from, effect.to)
  for (let examined = 0; examined < examinedMax && entries.length < limit && before > 1; ) {
    const some = await deps.journal.newest(teamId, before, pageMax)
    if (some.length === 0) return { entries, before: 1 }
    for (const entry of some) {
      if (entries.length >= limit) return { entries, before }
      if (effect !== undefined && entry.at < effect.from) return { entries, before: 1 }
      before = entry.version
      if (isMeant(entry, filter)) entries.push(entry)
    }
    examined += some.length
  }
  return { entries, before }
}
