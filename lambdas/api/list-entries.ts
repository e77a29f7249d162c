import { entryToJson } from '../http/entry-json.ts'
import { badRequest, notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'
import { listEntries as call } from '../schema/hub.ts'
import type { EntriesAnswer } from '../schema/hub-answers.ts'

/** The team's statement, newest first. The cursor is the version of the last entry shown. */
export function listEntries(deps: Deps) {
  return route(call, async ({ params, query }): Promise<Outcome> => {
    const account = await deps.operations.load(params.teamId)
    if (account === undefined) return notFound
    const before = query.cursor === undefined ? account.version + 1 : Number(query.cursor)
    if (!Number.isSafeInteger(before) || before < 1)
      return badRequest({ pointer: '/query/cursor', message: 'cursor' })
    const entries = await deps.journal.newest(params.teamId, before, query.limit)
    const last = entries.at(-1)?.version ?? 1
    const body: EntriesAnswer = {
      entries: entries.map(entryToJson),
      ...(last > 1 && { cursor: String(last) }),
    }
    return { status: 200, body }
  })
}
