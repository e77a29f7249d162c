import { instantToJson } from '../../contract/instant.ts'
import type { EntriesAnswer } from '../../contract/list-entries.ts'
import { listEntries as call } from '../../contract/list-entries.ts'
import { sayToPeople } from '../../contract/people-messages.ts'
import { type Catalog, metersOf } from '../../core/catalog/catalog.ts'
import { activityOf } from '../../core/journal/activity.ts'
import { entryToJson } from '../http/entry-json.ts'
import { badRequest, notFound, type Outcome } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { keyNames } from '../store/budget-names.ts'
import { StatementIndex } from '../store/statement-index.ts'
import { type StatementAsk, type StatementFound, StatementSearch } from '../store/statement-search.ts'

/**
 * Lists the team's statement, newest first, or the entries of it that a filter lets through. The cursor is the version of the
 * last entry read. A filter stops after some reads, so while there is a cursor, an answer may be short, and even empty.
 */
export function listEntries(deps: TeamDeps) {
  const search = new StatementSearch(deps.journal, new StatementIndex(deps.table, deps.journal))
  return hubRoute(deps, call, async ({ params, query }): Promise<Outcome> => {
    const { teamId } = params
    const { cursor, limit, meter, api, ...rest } = query
    const [account, catalog] = await Promise.all([deps.operations.load(teamId), deps.catalog.get()])
    if (account === undefined) return notFound
    const before = cursor === undefined ? account.version + 1 : Number(cursor)
    if (!Number.isSafeInteger(before) || before < 1)
      return badRequest({ pointer: '/query/cursor', message: sayToPeople('cursor') })
    const meters = metersMeant(catalog, meter, api)
    const filter = { ...rest, ...(meters !== undefined && { meters }) }
    const isFiltered = Object.values(filter).some((value) => value !== undefined)
    const ask = { teamId, before, limit, filter }
    const found = await (isFiltered ? search.find(ask) : page(deps, ask))
    const actors = found.entries.flatMap((entry) => activityOf(entry)?.actor ?? [])
    const subjects = found.entries.flatMap(({ actor }) => actor ?? [])
    const [addresses, names] = await Promise.all([
      deps.activity.addresses(teamId, actors),
      keyNames(deps.journal, teamId, subjects),
    ])
    const body: EntriesAnswer = {
      entries: found.entries.map((entry) => entryToJson(entry, { addresses, names })),
      ...(found.before > 1 && { cursor: String(found.before) }),
      ...(found.before > 1 &&
        found.searchedTo !== undefined && { searchedUntil: instantToJson(found.searchedTo) }),
    }
    return { status: 200, body }
  })
}

/** The meters of a filter: a meter, those of an API, or the meter if it belongs to the API; undefined without a filter. */
function metersMeant(catalog: Catalog, meter?: string, api?: string): readonly string[] | undefined {
  if (api === undefined) return meter === undefined ? undefined : [meter]
  return metersOf(catalog, api).filter((name) => meter === undefined || name === meter)
}

async function page(deps: TeamDeps, { teamId, before, limit }: StatementAsk): Promise<StatementFound> {
  const entries = await deps.journal.newest(teamId, before, limit)
  return { entries, before: entries.at(-1)?.version ?? 1 }
}
