import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { sampleTry } from './sample-data.ts'

const Token = v.object({ token: v.string() })

/** Files of headers. They last as long as a token, so each start writes them again. */
const callers = {
  service: { scopes: ['aps:meter'] },
  admin: { scopes: ['hub:read', 'hub:write'], team: sampleTry.teamId, role: 'admin' },
  operator: { scopes: ['ops:admin'] },
} as const

/**
 * Lines to print after starting: three calls to copy that show the main job, and last the address of the page. The tokens and
 * bodies of the calls are in files of the data folder, so that each call fits on a line of the screen. Without the sample data the calls would be
 * refused, so they are omitted.
 */
export async function tryLines(url: string, dataDir: string): Promise<string[]> {
  const { teamId, appId, meter, quantity } = sampleTry
  const hub = `The developer hub: ${url}/`
  const at = (name: string) => `@${join(dataDir, name)}`
  const write = (name: string, text: string) => writeFileSync(join(dataDir, name), text, { mode: 0o600 })
  for (const [name, request] of Object.entries(callers))
    write(name, headerLines(await tokenFor(url, request)))
  const headers = { authorization: `Bearer ${await tokenFor(url, callers.admin)}` }
  if (!(await fetch(`${url}/v1/teams/${teamId}/balance`, { headers })).ok) return [hub]
  // Each start uses a new id, because a used id would only return the first result again.
  const authorizationId = `try-${Date.now().toString(36)}`
  write('jobs', JSON.stringify({ authorizationId, appId, meter, quantity }))
  write('used', JSON.stringify({ used: quantity, final: true }))
  return [
    `May the app ${appId} run ${quantity} jobs? Then the jobs report what they used, and the team sees what is left.`,
    'Copy the lines into another terminal, in this folder:',
    '',
    `T=${url}/v1`,
    `curl -sH ${at('service')} -d ${at('jobs')} $T/authorizations`,
    `curl -sH ${at('service')} -d ${at('used')} $T/authorizations/${authorizationId}/captures`,
    `curl -sH ${at('admin')} $T/teams/${teamId}/balance`,
    '',
    'A month of use: npm run replay',
    hub,
  ]
}

const headerLines = (token: string) => `authorization: Bearer ${token}\ncontent-type: application/json\n`

async function tokenFor(url: string, request: object): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}/local/tokens`, {
    method: 'POST',
    headers,
    body: JSON.stringify(request),
  })
  return v.parse(Token, await response.json()).token
}
