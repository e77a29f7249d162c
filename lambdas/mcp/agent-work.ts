import * as v from 'valibot'
import type { Call } from '../../contract/call.ts'
import { reportedUse } from '../../contract/capture-authorization.ts'
import { id, quantityMax, whole } from '../../contract/fields.ts'
import { teamParams } from '../../contract/team.ts'
import { deny } from '../../core/funding/denial.ts'
import type { Authorization } from '../../core/journal/entry.ts'
import { authorizationOutcome, captureToJson } from '../http/authorization-json.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { askedFault, noteDecision } from '../usage/authorizing.ts'
import { agentRoute } from './agent-route.ts'
import { authorizationIdOf, isOfAgent, type JobOwner, jobIdCharsMax } from './job-id.ts'

export const jobId = v.pipe(id, v.maxLength(jobIdCharsMax))

const authorizeCall = {
  route: agentRoute('mcpAuthorize', { scope: 'hub:write' }),
  params: teamParams,
  body: v.object({
    jobId,
    appId: id,
    meter: id,
    quantity: whole(1, quantityMax),
    holdSeconds: whole(1, 86_400),
    quoteId: v.optional(id),
    budgetId: v.optional(id),
  }),
} as const satisfies Call

/** Authorizes a job of one of the team's apps. An app of another team looks like one that does not exist. */
export function authorizeJob(deps: TeamDeps) {
  return hubRoute(deps, authorizeCall, async ({ params, body, language }): Promise<Outcome> => {
    const { teamId } = params
    const { jobId, ...use } = body
    const owner = { teamId, budgetId: use.budgetId }
    const command = { kind: 'authorize', authorizationId: authorizationIdOf(owner, jobId), ...use } as const
    const fault = await askedFault(deps, command)
    if (fault !== undefined) return fault
    const app = await deps.apps.find(use.appId)
    if (app?.teamId !== teamId)
      return authorizationOutcome({ ...command, teamId }, deny([{ code: 'UNKNOWN_APP' }]), language)
    const result = await deps.operations.run(teamId, command, { app })
    if (result === 'absent') throw new Error(`the account of ${teamId} is absent`)
    const decided = 'refused' in result ? result : result.answer
    noteDecision(command, decided)
    return authorizationOutcome({ ...command, teamId }, decided, language)
  })
}

const captureCall = {
  route: agentRoute('mcpCapture', { scope: 'hub:write' }),
  params: teamParams,
  body: v.object({ authorizationId: id, budgetId: v.optional(id), ...reportedUse }),
} as const satisfies Call

/** Reports what a job has used so far, all reports together, and charges the new part. */
export function captureJob(deps: TeamDeps) {
  return hubRoute(deps, captureCall, async ({ params, body, language }): Promise<Outcome> => {
    const { teamId } = params
    const { authorizationId, budgetId, used, final: isFinal } = body
    const authorization = await findJob(deps, { teamId, budgetId }, authorizationId)
    if (authorization === undefined) return notFound
    const command = { kind: 'capture', authorizationId, used, isFinal } as const
    const result = await deps.operations.run(teamId, command, { authorization })
    if (result === 'absent' || 'refused' in result) throw new Error('a capture is never refused')
    return { status: 200, body: captureToJson(result.answer, teamId, language) }
  })
}

const voidCall = {
  route: agentRoute('mcpVoid', { scope: 'hub:write' }),
  params: teamParams,
  body: v.object({ authorizationId: id, budgetId: v.optional(id) }),
} as const satisfies Call

/** Gives back what a job still holds. */
export function voidJob(deps: TeamDeps) {
  return hubRoute(deps, voidCall, async ({ params, body }): Promise<Outcome> => {
    const { teamId } = params
    const { authorizationId, budgetId } = body
    const authorization = await findJob(deps, { teamId, budgetId }, authorizationId)
    if (authorization === undefined) return notFound
    await deps.operations.run(teamId, { kind: 'void', authorizationId }, { authorization })
    return { status: 200, body: { authorizationId, used: authorization.used, status: 'closed' } }
  })
}

/** An authorization that the agent itself has made; undefined for one of a service or of another agent, which it may not change. */
async function findJob(
  { journal }: TeamDeps,
  owner: JobOwner,
  authorizationId: string,
): Promise<Authorization | undefined> {
  if (!isOfAgent(owner, authorizationId)) return undefined
  const found = await journal.authorization(authorizationId)
  return found?.teamId === owner.teamId ? found.authorization : undefined
}
