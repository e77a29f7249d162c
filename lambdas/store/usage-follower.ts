import { checkAlerts } from './alert-checks.ts'
import type { Operations } from './operations.ts'
import type { Table } from './table.ts'
import type { UsageView } from './usage-view.ts'
import { readUsageAndAlerts } from './versions.ts'

export interface UsageFollowerParts {
  readonly table: Table
  readonly view: UsageView
  readonly operations: Pick<Operations, 'preview' | 'run'>
}

/**
 * Updates the usage view to a version of the account, and then checks the team's alerts, if there are any: the read that finds
 * the position of the view also returns their number. Returns false if the journal's index does not show that version yet.
 * An interrupted check is made up for when the record of the stream comes again, because the view is then already there.
 */
export async function followUsage(
  { table, view, operations }: UsageFollowerParts,
  teamId: string,
  version: number,
): Promise<boolean> {
  const { usage, alerts } = await readUsageAndAlerts(table, teamId)
  const isThere = await view.catchUp(teamId, version, usage)
  if (isThere && alerts > 0) await checkAlerts(operations, teamId)
  return isThere
}
