import { createHash } from 'node:crypto'

/** With the hash and the dot, an authorization's id has at most 64 characters. */
export const jobIdCharsMax = 40
const hashChars = 22

/**
 * The id of the authorization for a team's job. Ids are global, and services choose theirs freely: the hash keeps an agent from
 * taking an id that a service is about to use, and from capturing or voiding what a service has authorized.
 */
export function authorizationIdOf(teamId: string, jobId: string): string {
  const hash = createHash('sha256').update(`${teamId}/${jobId}`).digest('base64url')
  return `${jobId}.${hash.slice(0, hashChars)}`
}

/** True for an id that `authorizationIdOf` has made for a job of the team. */
export function isOfAgent(teamId: string, authorizationId: string): boolean {
  const jobId = authorizationId.slice(0, -(hashChars + 1))
  return jobId !== '' && authorizationIdOf(teamId, jobId) === authorizationId
}
