import { followChanges } from '../directory/follow-changes.ts'
import { accountConsumer } from '../runtime/account-consumer.ts'
import { openDeps } from '../runtime/open-deps.ts'
import { DirectoryStore } from '../store/directory.ts'
import { followUsage } from '../store/usage-follower.ts'
import { UsageView } from '../store/usage-view.ts'

const deps = openDeps()
const parts = { ...deps, view: new UsageView(deps.table, deps.journal) }

/** Updates the usage view and the directory to the changes in the stream, and checks the alerts of the changed teams. */
export const handler = accountConsumer(
  'usage-view',
  (teamId, version) => followUsage(parts, teamId, version),
  followChanges(new DirectoryStore(deps.table)),
)
