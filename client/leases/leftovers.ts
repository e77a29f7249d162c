import { type Row, rowSource } from '../settling/row.ts'
import type { Settler } from '../settling/settler.ts'
import type { LeaseLog } from '../spool-model.ts'
import type { Desk } from './desk.ts'

/** Reports the leases of an earlier process for the last time. */
export function reportLeftovers({ leftovers }: LeaseLog, settler: Settler, { log, onProblem }: Desk): void {
  for (const { authorizationId, used, place } of leftovers) {
    const finish: Row['finish'] = ({ status, problem }) => {
      // An authorization that was never granted is unknown, and nothing of it was used.
      if (problem && used > 0)
        onProblem({ what: 'report', status, detail: `${authorizationId}: ${problem.title}` })
      log.close(place)
    }
    const body = { kind: 'capture', authorizationId, used, final: true }
    settler.wake(settler.team(`authorization:${authorizationId}`), rowSource({ body, finish }))
  }
}
