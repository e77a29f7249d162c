import { accountConsumer } from '../runtime/account-consumer.ts'
import { openDeps } from '../runtime/deps.ts'
import { UsageView } from '../store/usage-view.ts'

const deps = openDeps()
const view = new UsageView(deps.table, deps.journal)

/** Brings the usage view up to the accounts that the stream rings for. */
export const handler = accountConsumer('usage-view', (teamId, version) => view.catchUp(teamId, version))
