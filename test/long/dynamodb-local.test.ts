import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleTry } from '../../local/sample-data.ts'
import { ChildRuntime, freePort } from '../support/child-runtime.ts'
import { sendPrinted } from '../support/printed-call.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { type DynamoDbLocal, findArchives, startDynamoDbLocal } from './dynamodb-local.ts'

const archives = await findArchives()
if ('missing' in archives) console.log(`skipped: npm start on DynamoDB Local: ${archives.missing}`)

describe.skipIf('missing' in archives)("npm start on Amazon's DynamoDB Local, without -sharedDb", () => {
  let engine: DynamoDbLocal
  let runtime: ChildRuntime

  beforeAll(async () => {
    if ('missing' in archives) return
    engine = await startDynamoDbLocal(archives.folder)
    runtime = new ChildRuntime(await freePort(), {
      DATA_DIR: temporaryFolder(),
      AWS_ENDPOINT_URL_DYNAMODB: engine.url,
    })
    await runtime.start()
  })
  afterAll(async () => {
    await runtime?.end('SIGTERM')
    await engine?.stop()
  })

  test('loads the sample data without a failed call, and prints the sample calls', async () => {
    await expect.poll(() => runtime.output).toContain('The developer hub:')
    expect(runtime.output).not.toMatch(/failed/)
    expect(runtime.output.match(/^curl /gm)).toHaveLength(3)
  })

  test('allows, captures and shows a sample call', async () => {
    const lines = runtime.output.split('\n').filter((line) => line.startsWith('curl '))
    const [authorize = '', capture = '', balance = ''] = lines
    const send = (line: string) => sendPrinted(line, runtime.url)
    expect(await send(authorize)).toMatchObject({ decision: 'allow', fundedBy: 'flex' })
    expect(await send(capture)).toMatchObject({ used: sampleTry.quantity, status: 'closed' })
    expect(await send(balance)).toMatchObject({ plan: 'paid', flex: { lots: expect.any(Array) } })
  })

  test('brings the usage view up to date from the stream', async () => {
    const token = await tokenOf({ scopes: ['hub:read'], team: sampleTry.teamId })
    const today = new Date().toISOString().slice(0, 10)
    const query = `from=${today}&to=${today}&groupBy=meter`
    const read = async () => {
      const headers = { authorization: `Bearer ${token}` }
      const answer = await fetch(`${runtime.url}/v1/teams/${sampleTry.teamId}/usage?${query}`, { headers })
      return JSON.stringify(await answer.json())
    }
    await expect.poll(read, { timeout: 60_000 }).toContain(sampleTry.meter)
  })

  async function tokenOf(body: object): Promise<string> {
    const headers = { 'content-type': 'application/json' }
    const sent = { method: 'POST', headers, body: JSON.stringify(body) }
    const answer = await fetch(`${runtime.url}/local/tokens`, sent)
    return ((await answer.json()) as { token: string }).token
  }
})
