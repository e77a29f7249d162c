import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Route, Scope } from '../../../contract/route.ts'
import { routes } from '../../../contract/routes.ts'
import { ChildRuntime, freePort } from '../../support/child-runtime.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { documentFile, fileHere, pythonPrograms, succeed } from './programs.ts'

const seed = 20_261_127
const examplesPerOperation = 30
const teamId = 'fjord-structures'
/** An app that the examples of the document name. */
const appId = 'plan-viewer'

const programs = await pythonPrograms('schemathesis')

describe.skipIf(programs === undefined)('requests made from the document find nothing wrong', () => {
  let runtime: ChildRuntime

  beforeAll(async () => {
    const environment = { DATA_DIR: temporaryFolder(), CLOCK_START: '2026-11-20T09:00:00Z' }
    runtime = new ChildRuntime(await freePort(), environment)
    await runtime.start()
    await call('PUT', `/v1/apps/${appId}`, { teamId, name: 'Plan viewer' }, ['ops:admin'])
    await call('POST', `/v1/teams/${teamId}/hub/apps`, { appIds: [appId] }, ['hub:write'])
  })
  afterAll(() => runtime.end('SIGTERM'))

  async function tokenFor(scopes: readonly Scope[]): Promise<string> {
    const body = JSON.stringify({ scopes, team: teamId, role: 'admin' })
    const answer = await fetch(`${runtime.url}/local/tokens`, { method: 'POST', body })
    return ((await answer.json()) as { token: string }).token
  }

  async function call(method: string, path: string, body: object, scopes: readonly Scope[]): Promise<void> {
    const headers = {
      authorization: `Bearer ${await tokenFor(scopes)}`,
      'content-type': 'application/json',
    }
    const answer = await fetch(`${runtime.url}${path}`, { method, headers, body: JSON.stringify(body) })
    expect(answer.status, await answer.text()).toBe(200)
  }

  // Operators come last: they suspend the team.
  test.each([null, 'aps:meter', 'hub:read', 'hub:write', 'ops:admin'] as const)('scope %s', async (scope) => {
    const operations = routes.filter((route: Route) => route.scope === scope)
    const token = scope === null ? [] : ['--header', `Authorization: Bearer ${await tokenFor([scope])}`]
    const printed = await succeed(
      [
        join(`${programs}`, 'schemathesis'),
        ...[
          '--config-file',
          fileHere('schemathesis.toml'),
          'run',
          documentFile,
          '--url',
          runtime.url,
          ...token,
        ],
        ...operations.flatMap(({ operationId }) => ['--include-operation-id', operationId]),
        ...['--max-examples', `${examplesPerOperation}`, '--seed', `${seed}`],
        ...['--generation-database', 'none', '--no-color', '--warnings', 'off'],
      ],
      { cwd: temporaryFolder() },
    )
    console.log(`${scope ?? 'no token'}: ${/\d+ generated.*/.exec(printed)?.[0]}, seed ${seed}`)
    expect(printed).toContain(`Tested: ${operations.length}`)
  })
})
