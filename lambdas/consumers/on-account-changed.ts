import { followChanges } from '../directory/follow-changes.ts'
import { accountConsumer } from '../runtime/account-consumer.ts'
import { openDeps } from '../runtime/open-deps.ts'
import { checkAlerts } from '../store/alert-checks.ts'
import { DirectoryStore } from '../store/directory.ts'
import { UsageView } from '../store/usage-view.ts'
import { readUsageAndAlerts } from '../store/versions.ts'

const deps = openDeps()
const view = new UsageView(deps.table, deps.journal)

/**
 * Updates the usage view and the directory to the changes in the stream. After the view it checks the team's alerts, if there
 * are any: the read that finds the position of the view tells.
 */
export const handler = accountConsumer(
  'usage-view',
  async (teamId, version) => {
    const { usage, alerts } = await readUsageAndAlerts(deps.table, teamId)
    const isThere = await view.catchUp(teamId, version, usage)
    if (isThere && alerts > 0) await checkAlerts(deps.operations, teamId)
    return isThere
  },
  followChanges(new DirectoryStore(deps.table)),
)
