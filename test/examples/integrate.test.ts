import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createSocket } from 'node:net'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type ExampleFacts, examplesFor } from '../../hub/pages/integrate/examples.ts'
import { receiversFor } from '../../hub/pages/integrate/webhook-examples.ts'
import { codeBlocksOf } from '../support/code-blocks.ts'
import { test } from '../support/fixtures.ts'
import type { LocalApp } from '../support/local-app.ts'
import { complexJobs, freeUse, startFreeTeam } from '../support/metered-team.ts'
import { runProgram } from '../support/run-program.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/* The examples of the page, as they are shown: each is run against a runtime on one machine. */

const lineMax = 120

test.override('runtimeOptions', { clockStart: undefined })

let app: LocalApp
let folder: string
let facts: ExampleFacts

test.beforeAll(async ({ app: started }) => {
  app = started
  folder = temporaryFolder()
  await startFreeTeam(app, 'kumo', 'kumo-converter')
  facts = { api: app.runtime.url, appId: 'kumo-converter', meter: complexJobs, token: { kind: 'local' } }
  expect(await shell(examplesFor(facts).token)).toEqual({ code: 0, stderr: '', stdout: '' })
})

const environment = { NODE_OPTIONS: '', NODE_ENV: '' }

function shell(code: string, more: Readonly<Record<string, string>> = {}) {
  return runProgram(['sh', '-e', '-c', code], { cwd: folder, environment: { ...environment, ...more } })
}

function save(name: string, code: string): string {
  writeFileSync(join(folder, name), code)
  return name
}

async function hasPython(): Promise<boolean> {
  return runProgram(['python3', '--version']).then(
    ({ code }) => code === 0,
    () => false,
  )
}

test('every line fits on a screen', () => {
  const receivers = Object.values(receiversFor(9_000))
  const lines = [...Object.values(examplesFor({ ...facts, api: 'http://localhost:8787' })), ...receivers]
    .flatMap((text) => text.split('\n'))
    .filter((line) => line.length > lineMax)
  expect(lines).toEqual([])
})

test('the example of curl authorizes and captures', async () => {
  const before = await freeUse(app, 'kumo', complexJobs)
  const { code, stderr, stdout } = await shell(examplesFor(facts).curl)
  expect([code, stderr]).toEqual([0, ''])
  const [asked = '', captured = ''] = stdout.split('\n')
  expect(JSON.parse(asked)).toMatchObject({ decision: 'allow' })
  expect(JSON.parse(captured)).toMatchObject({ used: 1, status: 'closed' })
  expect(await freeUse(app, 'kumo', complexJobs)).toEqual({ used: before.used + 1, held: 0 })
})

test('the example of TypeScript captures, and prints the reason of a refusal', async () => {
  const file = save('call.mts', examplesFor(facts).typescript)
  const run = (name: string) => runProgram([process.execPath, name], { cwd: folder, environment })
  expect(await run(file)).toEqual({ code: 0, stderr: '', stdout: 'captured 1 closed\n' })
  const refused = await run(save('refused.mts', examplesFor({ ...facts, appId: 'nobody' }).typescript))
  expect(refused).toMatchObject({ code: 0, stderr: '' })
  expect(refused.stdout).toMatch(/^UNKNOWN_APP Check the client id/)
})

test('the example of Python captures', async ({ skip }) => {
  skip(!(await hasPython()), 'python3 is not installed')
  const file = save('call.py', examplesFor(facts).python)
  const ran = await runProgram(['python3', file], { cwd: folder, environment })
  expect(ran).toEqual({ code: 0, stderr: '', stdout: 'captured 1 closed\n' })
})

/** An issuer that gives the token of a local runtime to one service, by client credentials. */
async function startIssuer(token: string): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const url = `http://${request.headers.host}`
    const isService = request.headers.authorization === `Basic ${btoa('service:secret')}`
    const isAsked = isService && body === 'grant_type=client_credentials&scope=aps/meter'
    if (request.url === '/pool/.well-known/openid-configuration')
      response.end(JSON.stringify({ issuer: `${url}/pool`, token_endpoint: `${url}/oauth2/token` }, null, 2))
    else if (request.url === '/oauth2/token' && isAsked)
      response.end(JSON.stringify({ access_token: token, expires_in: 3_600, token_type: 'Bearer' }))
    else response.writeHead(400).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return { server, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/pool` }
}

test('the commands for another issuer store a token that the examples can use', async ({
  onTestFinished,
}) => {
  const { token } = await app.call('local', 'POST', '/local/tokens', { scopes: ['aps:meter'] })
  const { server, url } = await startIssuer(String(token))
  onTestFinished(() => void server.close())
  const commands = examplesFor({ ...facts, token: { kind: 'issuer', issuer: url, scope: 'aps/meter' } })
  const credentials = { CLIENT_ID: 'service', CLIENT_SECRET: 'secret' }
  const ran = await shell(`rm token\n${commands.token}printf %s "$(cat token)"`, credentials)
  expect(ran).toEqual({ code: 0, stderr: '', stdout: token })
})

/** A port that is free at this moment. */
async function freePort(): Promise<number> {
  const socket = createSocket().listen(0, '127.0.0.1')
  await once(socket, 'listening')
  const address = socket.address()
  socket.close()
  await once(socket, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

let hooks = 0

/** Adds a webhook that leads to a port of this machine. */
async function addHook(port: number) {
  const team = `hooked-${++hooks}`
  await startFreeTeam(app, team, `${team}-app`)
  const path = `/v1/teams/${team}/notifications`
  const settings = { emails: [], webhooks: [{ url: `http://localhost:${port}/` }] }
  const { webhooks } = await app.call(`hub:${team}`, 'PUT', path, settings)
  const [made] = webhooks as readonly { readonly webhookId: string; readonly secret: string }[]
  const testPath = `${path}/webhooks/${made?.webhookId}/test`
  return { secret: made?.secret ?? '', test: () => app.call(`hub:${team}`, 'POST', testPath) }
}

/** Starts a receiver, and waits until it answers. */
async function startReceiver(
  command: readonly string[],
  port: number,
  secret: string,
): Promise<ChildProcess> {
  const [program = '', ...args] = command
  const env = { ...process.env, ...environment, WEBHOOK_SECRET: secret }
  const child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'ignore'] })
  await expect
    .poll(() => forged(port).catch(() => 0), { timeout: 20_000, message: 'status of a forged message' })
    .toBe(401)
  return child
}

/** Sends a message that nobody has signed, and returns the status. */
async function forged(port: number): Promise<number> {
  const headers = { 'webhook-id': 'x', 'webhook-timestamp': '1', 'webhook-signature': 'v1,AAAA' }
  const { status } = await fetch(`http://localhost:${port}/`, { method: 'POST', headers, body: '{}' })
  return status
}

test.for(['typescript', 'python'] as const)(
  'the receiver in %s takes a genuine test event and rejects a forged one',
  async (language, { skip, onTestFinished }) => {
    skip(language === 'python' && !(await hasPython()), 'python3 is not installed')
    const port = await freePort()
    const hook = await addHook(port)
    const code = receiversFor(port)[language]
    const command =
      language === 'python'
        ? ['python3', save('receiver.py', code)]
        : [process.execPath, save('receiver.mts', code)]
    const child = await startReceiver(command, port, hook.secret)
    onTestFinished(() => void child.kill())
    let printed = ''
    child.stdout?.on('data', (chunk) => {
      printed += chunk
    })
    expect(await hook.test()).toMatchObject({ status: 'delivered', response: { status: 204 } })
    await expect.poll(() => printed).toContain('WebhookTest')
  },
)

test('the commands of docs/events.md send a test event to the receiver that it starts', async ({
  onTestFinished,
}) => {
  const blocks = codeBlocksOf('docs/events.md').filter(({ language }) => language === 'sh')
  const receiver = blocks.find(({ code }) => code.includes('createServer'))?.code ?? ''
  const commands = blocks.find(({ code }) => code.includes('/test'))?.code ?? ''
  await startFreeTeam(app, 'harborline', 'harborline-app')
  const port = String(await freePort())
  // The shell is replaced by the receiver, which then ends with it.
  const started = `exec ${receiver.replace('9000', port)}`
  const env = { ...process.env, ...environment }
  const child = spawn('sh', ['-c', started], { cwd: folder, env, stdio: ['ignore', 'pipe', 'ignore'] })
  onTestFinished(() => void child.kill())
  await expect
    .poll(() => forged(Number(port)).catch(() => 0), { timeout: 20_000, message: 'status of the receiver' })
    .toBe(200)
  const ran = await shell(commands.replace('9000', port).replace('http://127.0.0.1:8787', app.runtime.url))
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  expect(ran.stdout).toMatch(/"status":"delivered".*"body":"thanks"/)
})
