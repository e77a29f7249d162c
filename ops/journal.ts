import type { Entry } from '../core/journal/entry.ts'
import type { JournalStore } from '../lambdas/store/journal.ts'
import { CannotDo } from './operating.ts'

const entriesPerPage = 1_000

/**
 * Reads a team's entries with versions above `after`, in order, as far as the journal's index contains them.
 */
export async function* entriesAfter(journal: JournalStore, teamId: string, after = 0): AsyncGenerator<Entry> {
  for (let version = after; ; ) {
    const page = await journal.since(teamId, version, entriesPerPage)
    yield* page
    const last = page.at(-1)
    if (last === undefined) return
    version = last.version
  }
}

/** Reads every entry with a version above `after` and up to `to`. Throws `CannotDo` when one is missing. */
export async function* wholeJournal(
  journal: JournalStore,
  teamId: string,
  { after = 0, to }: { readonly after?: number; readonly to: number },
): AsyncGenerator<Entry> {
  let version = after
  if (version >= to) return
  for await (const entry of entriesAfter(journal, teamId, after)) {
    if (entry.version !== version + 1) break
    version = entry.version
    yield entry
    if (version === to) return
  }
  throw new CannotDo(`Stopped: the journal of ${teamId} lacks entry ${version + 1}.`)
}
