import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { routes } from '../../contract/routes.ts'
import { good } from '../support/ask.ts'
import { type BrokenAws, inward, startBrokenAws } from '../support/broken-aws.ts'
import { type HttpRuntime, type RawAnswer, startHttpRuntime } from '../support/http-runtime.ts'

/* Whatever breaks behind the API, its answers say nothing of what is behind it; the log says all. */

let broken: BrokenAws
let runtime: HttpRuntime
let token: string

beforeAll(async () => {
  broken = await startBrokenAws()
  runtime = await startHttpRuntime('2026-12-01T00:00:00Z', { between: async () => broken.url })
  const scopes = ['aps:meter', 'hub:read', 'hub:write', 'ops:admin']
  token = await runtime.tokenFor(scopes, 'acme', 'admin')
})
afterAll(async () => {
  await runtime.stop()
  broken.stop()
})

const ids: Record<string, string> = { period: '2026-11', deliveryId: '000000001.000.email' }

const event = {
  specversion: '1.0',
  type: 'aps.usage.v1',
  source: 'urn:test',
  id: 'e1',
  time: '2026-12-01T00:00:00Z',
  subject: 'viewer',
  data: { meter: 'automation-autocad', quantity: 1 },
}

type Asked = (typeof routes)[number]

function ask({ method, path, operationId }: Asked): Promise<RawAnswer> {
  const { body, query } = operationId === 'recordUsage' ? { body: [event] } : (good[operationId] ?? {})
  const search = query === undefined ? '' : `?${new URLSearchParams(query)}`
  return runtime.send({
    method,
    path: path.replace(/\{(\w+)\}/g, (_, name) => ids[name] ?? 'acme') + search,
    token,
    body: body === undefined ? undefined : JSON.stringify(body),
  })
}

/** Words of what is inside: our own names of things, AWS's, addresses, and where in the code something went wrong. */
const inside = new RegExp(
  [
    inward,
    'arn:',
    'Exception',
    'DynamoDB|Dynamo|Lambda|SecretsManager|amazonaws|smithy',
    'Table[A-Z0-9]',
    'ECONN|socket|127\\.0\\.0\\.1:',
    'TypeError|AssertionError|undefined is not|Cannot read',
    '\\bat .*:\\d+:\\d+',
    '\\.m?[jt]s\\b',
    'node_modules|node:',
  ].join('|'),
)

// The contract, the classifier and the door's description read nothing, so nothing can fail.
const unbreakable: readonly string[] = ['getOpenApi', 'classifyRequest', 'getMcpResource']
const asked = routes.filter(({ operationId }) => !unbreakable.includes(operationId))
const log = () => readFileSync(join(runtime.dataDir, 'functions.log'), 'utf8')

describe.each(['gone', 'refusing', 'nonsense'] as const)('when what is behind is %s', (how) => {
  let answers: readonly { readonly operationId: string; readonly answer: RawAnswer }[]
  let logged = 0
  beforeAll(async () => {
    logged = log().length
    broken.break(how)
    answers = await Promise.all(
      asked.map(async (request) => ({ operationId: request.operationId, answer: await ask(request) })),
    )
  })

  test('calls fail as such, and no answer says why', () => {
    for (const { operationId, answer } of answers) {
      const { status, text, headers, body } = answer
      expect([operationId, inside.exec(text)?.[0] ?? inside.exec(JSON.stringify(headers))?.[0]]).toEqual([
        operationId,
        undefined,
      ])
      if (status >= 500)
        expect([operationId, body.code]).toEqual([operationId, status === 503 ? 'BUSY' : 'INTERNAL_ERROR'])
    }
    const failed = answers.filter(({ answer }) => answer.status >= 500)
    expect(failed.length).toBeGreaterThan(asked.length / 2)
  })

  test('the log has the cause of each, with its request', async () => {
    const failed = answers.filter(({ answer: { status } }) => status >= 500)
    // Functions write their log after they answer.
    await vi.waitFor(() => {
      const lines = log().slice(logged).split('\n')
      for (const { answer } of failed) {
        const about = lines.filter((line) => line.includes(String(answer.body.requestId))).join('\n')
        expect(about).toMatch(/"level":"ERROR"/)
        expect(about).toMatch(/"error":\{.*"(message|stack)":/)
        // One instance works on all of these at once: each line must carry the id of its own call.
        expect(about).toContain(`"correlationId":"${answer.body.requestId}"`)
      }
      if (how === 'refusing') expect(lines.join('\n')).toContain(inward)
    }, 60_000)
  })
})

test('every answer says that it is what it says, and that nobody may keep it', async () => {
  for (const one of asked) {
    const { headers } = await ask(one)
    expect([one.operationId, headers['x-content-type-options']]).toEqual([one.operationId, 'nosniff'])
    expect([one.operationId, headers['cache-control']]).toEqual([one.operationId, 'no-store'])
  }
})
