import { resumeTeam as resumeCall } from '../../contract/resume-team.ts'
import type { SuspensionAnswer } from '../../contract/suspend-team.ts'
import { suspendTeam as suspendCall } from '../../contract/suspend-team.ts'
import type { EntryBody } from '../../core/journal/entry.ts'
import { record } from '../../core/journal/fold.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'

/** Stops all apps of a team until it is lifted. Work that is done is still recorded. */
export function suspendTeam(deps: Deps) {
  return route(suspendCall, async ({ params, body }): Promise<Outcome> => {
    const isFound = await change(deps, params.teamId, body.reason, { kind: 'suspended', reason: body.reason })
    return isFound ? { status: 200, body: { ...params, ...body } satisfies SuspensionAnswer } : notFound
  })
}

/** Lifts a suspension; lifting none changes nothing. */
export function resumeTeam(deps: Deps) {
  return route(resumeCall, async ({ params }): Promise<Outcome> => {
    return (await change(deps, params.teamId, undefined, { kind: 'resumed' })) ? { status: 204 } : notFound
  })
}

async function change(
  deps: Deps,
  teamId: string,
  because: string | undefined,
  body: EntryBody,
): Promise<boolean> {
  const outcome = await deps.operations.run(teamId, await deps.catalog.get(), (account, now) => {
    if (account.suspendedBecause === because) return { account, entries: [], answer: undefined }
    const next = record(account, now, body)
    return { account: next.account, entries: [next.entry], answer: undefined }
  })
  return outcome !== 'absent'
}
