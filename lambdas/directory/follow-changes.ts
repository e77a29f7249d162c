import { type RecordWork, teamsAtOnce } from '../runtime/account-consumer.ts'
import { atOnce } from '../runtime/at-once.ts'
import { logFailure } from '../runtime/log.ts'
import type { DirectoryStore } from '../store/directory.ts'
import { directoryChanges } from './changes.ts'

/**
 * Refreshes the rows of the teams in a batch of the stream. A record only says that a team may have changed: the row is made from
 * the team as it is now. So records that are repeated, late or out of order do no harm.
 */
export function followChanges(directory: DirectoryStore): RecordWork {
  return async (records) => {
    const failed: string[] = []
    await atOnce(directoryChanges(records), teamsAtOnce, async ({ teamId, sequence }) => {
      try {
        await directory.refresh(teamId)
      } catch (error) {
        logFailure('directory', { teamId }, error)
        failed.push(sequence)
      }
    })
    return failed
  }
}
