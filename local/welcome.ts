import * as v from 'valibot'
import { sampleTry } from './sample-data.ts'

const Token = v.object({ token: v.string() })

/**
 * Lines to print after starting: the address of the page, and three calls to copy that show the main job,
 * with their tokens. Without the sample data the calls would be refused, so they are omitted.
 */
export async function tryLines(url: string): Promise<string[]> {
  const { teamId, appId, meter, quantity } = sampleTry
  const hub = `The developer hub: ${url}/`
  const more = `Real input: npm run replay -- FILE    Other tokens: POST ${url}/local/tokens    Clock: PUT ${url}/local/clock`
  const service = await tokenFor(url, { scopes: ['aps:meter'] })
  const admin = await tokenFor(url, { scopes: ['hub:read', 'hub:write'], team: teamId, role: 'admin' })
  const headers = { authorization: `Bearer ${admin}` }
  if (!(await fetch(`${url}/v1/teams/${teamId}/balance`, { headers })).ok) return [hub, '', more]
  // Each start uses a new id, because a used id would only return the first result again.
  const authorizationId = `try-${Date.now().toString(36)}`
  const authorization = { authorizationId, appId, meter, quantity }
  const path = `${url}/v1/authorizations`
  return [
    hub,
    '',
    'May an app run a job? Then the job reports what it used, and the team sees what is left:',
    '',
    curl(service, `${json} -d '${JSON.stringify(authorization)}' ${path}`),
    '',
    curl(service, `${json} -d '{"used":${quantity},"final":true}' ${path}/${authorizationId}/captures`),
    '',
    curl(admin, `${url}/v1/teams/${teamId}/balance`),
    '',
    more,
  ]
}

const json = "-H 'content-type: application/json'"

function curl(token: string, rest: string): string {
  return `curl -s -H 'authorization: Bearer ${token}' ${rest}`
}

async function tokenFor(url: string, request: object): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}/local/tokens`, {
    method: 'POST',
    headers,
    body: JSON.stringify(request),
  })
  return v.parse(Token, await response.json()).token
}
