import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect } from 'vitest'
import { CannotInstall, pythonPrograms } from '../../../bin/python-packages.ts'
import { test } from '../../support/fixtures.ts'
import { startFlexTeam } from '../../support/metered-team.ts'
import { runProgram } from '../../support/run-program.ts'

/* The official client of Python, in both eras of the protocol. */

const fileHere = (name: string) => fileURLToPath(new URL(name, import.meta.url))

function findPython(): string | undefined {
  try {
    return pythonPrograms({
      name: 'mcp',
      requirements: fileHere('requirements.txt'),
      command: 'npm run test:long',
      purpose: 'run the MCP client of Python',
    })
  } catch (cause) {
    if (!(cause instanceof CannotInstall)) throw cause
    console.log(`skipped: ${cause.message}`)
    return undefined
  }
}

const programs = findPython()

test.override('clockStart', '2026-01-15T10:00:00Z')
test.beforeAll(({ app }) => startFlexTeam(app, 'kumo', 'kumo-converter'))

async function run(url: string, token: string, mode: string) {
  const command = [
    join(programs ?? '', 'python'),
    fileHere('agent.py'),
    `${url}/mcp`,
    token,
    mode,
    `job-${mode}`,
  ]
  return runProgram(command, { timeoutMilliseconds: 120_000 })
}

describe.skipIf(programs === undefined).each(['auto', 'legacy'])('in the mode %s', (mode) => {
  test('asks, works, is refused, and explains the charge', async ({ app }) => {
    const claims = { scopes: ['hub:read', 'hub:write'], team: 'kumo', role: 'admin' }
    const { token } = await app.call('local', 'POST', '/local/tokens', claims)
    const { code, stdout, stderr } = await run(app.runtime.url, String(token), mode)
    expect([code, stderr]).toEqual([0, ''])
    expect(JSON.parse(stdout)).toMatchObject({
      tools: expect.arrayContaining(['quote', 'authorize', 'capture']),
      quote: { cap: { tokens: 1 } },
      authorize: { decision: 'allow' },
      capture: { status: 'closed', charges: [{ units: 1, tokens: 1 }] },
      explain: { charged: { units: 1, tokens: 1 } },
      beyond: { decision: 'deny', refusal: { code: 'TOKENS_EXHAUSTED', resolve: expect.any(String) } },
      bad: {
        code: 'BAD_REQUEST',
        errors: expect.arrayContaining([expect.objectContaining({ pointer: '/appId' })]),
      },
      unknown: expect.stringContaining('no_such_tool'),
    })
  })

  test('with a wrong token is not let in', async ({ app }) => {
    const { code, stdout, stderr } = await run(app.runtime.url, 'nonsense', mode)
    expect([code, stdout]).toEqual([1, ''])
    // The client does not show the status.
    expect(stderr).toContain('MCPError')
  })
})
