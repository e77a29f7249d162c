import type { RowResult } from '../answers.ts'
import type { Settler } from '../settling/settler.ts'
import { singleRow } from '../settling/single-row.ts'
import type { LeaseLog, LeftLease } from '../spool-model.ts'
import type { Desk } from './desk.ts'

/** Reports the leases of an earlier process for the last time. */
export function reportLeftovers({ leftovers }: LeaseLog, settler: Settler, desk: Desk): void {
  for (const lease of leftovers) reportLeftover(lease, settler, desk)
}

function reportLeftover({ authorizationId, used, place }: LeftLease, settler: Settler, desk: Desk): void {
  const team = settler.team(`authorization:${authorizationId}`)
  const row = {
    body: { kind: 'capture', authorizationId, used, final: true },
    finish({ status, problem }: RowResult) {
      // An authorization that was never granted is unknown, and nothing of it was used.
      if (problem !== undefined && used > 0)
        desk.onProblem({ what: 'report', status, detail: `${authorizationId}: ${problem.title}` })
      desk.log.close(place)
    },
  }
  settler.wake(team, singleRow(row))
}
