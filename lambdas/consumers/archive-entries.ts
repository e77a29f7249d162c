import { minuteMs } from '../../core/time/time.ts'
import { openArchiveStream } from '../archive/archive-stream.ts'
import { type Archived, Archiver } from '../archive/archiver.ts'
import { stopwatch } from '../runtime/clock.ts'
import { readArchiveStream } from '../runtime/env.ts'
import { toHandler } from '../runtime/handler.ts'
import { logFailure } from '../runtime/log.ts'
import { openDeps } from '../runtime/open-deps.ts'
import { ArchiveCursors } from '../store/archive-cursors.ts'
import { OpenWorkStore } from '../store/open-work.ts'

const deps = openDeps()
const cursors = new ArchiveCursors(deps.table)
const openWork = new OpenWorkStore(deps.table)
const stream = openArchiveStream(readArchiveStream())
/** Time in which one run may begin new work; less than the function's timeout. */
const budgetMs = 4 * 60_000

/** The schedule's interval: of two runs that follow each other, one begins at the last teams. */
const intervalMs = 5 * minuteMs

/** Archives the new entries of journals. Throws at its end if some team failed; the others have gone on. */
async function archiveEntries(): Promise<Archived> {
  const elapsed = stopwatch()
  const archived = await new Archiver({
    cursors,
    openWork,
    journal: deps.journal,
    stream,
    isBackward: Math.floor(deps.clock.now() / intervalMs) % 2 === 1,
    isLate: () => elapsed() > budgetMs,
    onFailure: (teamId, error) => logFailure('archive', { teamId }, error),
  }).run()
  if (archived.failures > 0) throw new Error(`${archived.failures} teams could not be archived`)
  return archived
}

export const handler = toHandler('archive-entries', archiveEntries)
