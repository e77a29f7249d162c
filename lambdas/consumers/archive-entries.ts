import { openArchiveStream } from '../archive/archive-stream.ts'
import { type Archived, Archiver } from '../archive/archiver.ts'
import { stopwatch } from '../runtime/clock.ts'
import { openDeps } from '../runtime/deps.ts'
import { readArchiveStream } from '../runtime/env.ts'
import { logger } from '../runtime/log.ts'
import { ArchiveCursors } from '../store/archive-cursors.ts'
import { OpenWorkStore } from '../store/open-work.ts'

const deps = openDeps()
const cursors = new ArchiveCursors(deps.table)
const openWork = new OpenWorkStore(deps.table)
const stream = openArchiveStream(readArchiveStream())
/** How long one run may begin new work; less than the function's own time. */
const budgetMs = 4 * 60_000

/** Archives what journals have gained. Throws at its end when some team could not be: the others have gone on. */
export async function handler(): Promise<Archived> {
  const elapsed = stopwatch()
  const archived = await new Archiver({
    cursors,
    openWork,
    journal: deps.journal,
    stream,
    isLate: () => elapsed() > budgetMs,
    onFailure: (teamId, error) => logger.error('archive', { teamId, error: error as Error }),
  }).run()
  if (archived.failures > 0) throw new Error(`${archived.failures} teams could not be archived`)
  return archived
}
