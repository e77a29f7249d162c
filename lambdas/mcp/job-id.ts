import { createHash } from 'node:crypto'

/** With the hash and the dot, an authorization's id has at most 64 characters. */
export const jobIdCharsMax = 40
const hashChars = 22

/** The agents among which names of jobs are unique: those of a team's people, or the holder of one budget. */
export interface JobOwner {
  readonly teamId: string
  readonly budgetId?: string | undefined
}

/**
 * The id of the authorization for an agent's job. Ids are global, and services choose theirs freely: the hash keeps an agent from
 * taking an id that a service is about to use, and from capturing or voiding what a service has authorized.
 */
export function authorizationIdOf({ teamId, budgetId }: JobOwner, jobId: string): string {
  const name = [teamId, budgetId, jobId].filter((part) => part !== undefined).join('/')
  const hash = createHash('sha256').update(name).digest('base64url')
  return `${jobId}.${hash.slice(0, hashChars)}`
}

/** True for an id that `authorizationIdOf` has made for a job of the owner. */
export function isOfAgent(owner: JobOwner, authorizationId: string): boolean {
  const jobId = authorizationId.slice(0, -(hashChars + 1))
  return jobId !== '' && authorizationIdOf(owner, jobId) === authorizationId
}
