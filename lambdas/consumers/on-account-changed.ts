import { accountConsumer } from '../runtime/account-consumer.ts'
import { openDeps } from '../runtime/open-deps.ts'
import { UsageView } from '../store/usage-view.ts'

const deps = openDeps()
const view = new UsageView(deps.table, deps.journal)

/** Updates the usage view to the changed accounts in the stream. */
export const handler = accountConsumer('usage-view', (teamId, version) => view.catchUp(teamId, version))
