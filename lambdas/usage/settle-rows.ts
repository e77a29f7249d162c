import type { SettlementRow } from '../../contract/settlement-row.ts'
import type { SettledRow } from '../../core/commands/settle.ts'
import type { Authorization } from '../../core/journal/entry.ts'
import { busy, type Problem, problem } from '../http/outcome.ts'
import { atOnce } from '../runtime/at-once.ts'
import { Busy } from '../runtime/busy.ts'
import { logFailure } from '../runtime/log.ts'
import type { MeterDeps } from '../runtime/meter-deps.ts'
import { metrics } from '../runtime/metrics.ts'
import { itemsMax } from '../store/commit.ts'
import { type Planned, planRows, type RowResult } from './plan-rows.ts'

/** Entries of one transaction: all of its items but the account. */
const entriesMax = itemsMax - 1
const teamsAtOnce = 16

/**
 * Carries out rows of any teams; a row that could not be read is its problem. The rows of a team are decided in their order, in
 * as few transactions as fit. A team that is busy, or that fails, fails in its own rows alone.
 */
export async function settleRows(
  deps: MeterDeps,
  rows: readonly (SettlementRow | Problem)[],
): Promise<readonly RowResult[]> {
  const { planned, authorizations, results } = await planRows(deps, rows)
  const teams = [...Map.groupBy(planned, ({ teamId }) => teamId)]
  await atOnce(teams, teamsAtOnce, async ([teamId, own]) => {
    const settled = await settleTeam(deps, { teamId, own, authorizations })
    for (const [index, result] of settled) results.set(index, result)
  })
  return rows.map((_, index) => {
    const result = results.get(index)
    if (result === undefined) throw new Error('a row was left without a result')
    return result
  })
}

interface TeamRows {
  readonly teamId: string
  readonly own: readonly Planned[]
  readonly authorizations: ReadonlyMap<string, Authorization>
}

/** The results of a team's rows, by index. After a transaction that fails, the rest of the rows is not tried. */
async function settleTeam(deps: MeterDeps, { teamId, own, authorizations }: TeamRows) {
  const results = new Map<number, RowResult>()
  let given: { readonly authorizations?: ReadonlyMap<string, Authorization> } = { authorizations }
  try {
    for (const some of parts(own)) {
      const rows = some.map(({ row }) => row)
      const result = await deps.operations.run(teamId, { kind: 'settle', rows }, given)
      if (result === 'absent' || 'refused' in result) throw new Error('a settlement is never refused')
      for (const [position, { index, renewFault }] of some.entries()) {
        const settled = result.answer[position]
        if (settled !== undefined)
          results.set(index, { ...settled, teamId, ...(renewFault && { renewFault }) })
      }
      // The first part may have changed what was read before it.
      given = {}
    }
  } catch (error) {
    const failure = failureOf(teamId, error)
    const left = own.filter(({ index }) => !results.has(index))
    metrics.add(failure.problem === 'BUSY' ? 'Busy' : 'Faults', left.length, { Operation: 'settleUsage' })
    for (const { index } of left) results.set(index, failure)
  }
  return results
}

function failureOf(teamId: string, error: unknown): Problem {
  if (error instanceof Busy) return busy(error.retryAfterSeconds)
  logFailure('settleUsage', { teamId }, error)
  return problem('INTERNAL_ERROR')
}

/** Parts of the rows that make at most as many entries as fit into a transaction. */
function parts(planned: readonly Planned[]): readonly (readonly Planned[])[] {
  const found: Planned[][] = []
  let entries = entriesMax
  for (const next of planned) {
    entries += entriesOf(next.row)
    if (entries > entriesMax) {
      found.push([])
      entries = entriesOf(next.row)
    }
    found.at(-1)?.push(next)
  }
  return found
}

/** The most entries that a row makes. */
function entriesOf(row: SettledRow): number {
  return row.kind === 'capture' && row.renew !== undefined ? 2 : 1
}
