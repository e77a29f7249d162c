import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test, vi } from 'vitest'
import { CannotStart } from '../../audit/data-folder/cannot-start.ts'
import { startEngine } from '../../audit/data-folder/engine.ts'
import { routes } from '../../contract/routes.ts'
import { checkMachine } from '../../local/platform.ts'
import { synthesize } from '../../local/synthesize.ts'
import { readWiring } from '../../local/wiring.ts'
import { changedAssembly, makeAssembly, type Properties, type Resources } from './assembly-fixture.ts'
import { newDataDir, startFixture } from './runtime-fixture.ts'

const { folder } = makeAssembly()

describe('one clear line replaces a failed start', () => {
  test('another process uses the data folder; the first one continues, and releases the folder when it stops', async () => {
    const dataDir = newDataDir()
    const first = await startFixture(folder, { dataDir })
    await expect(startFixture(folder, { dataDir })).rejects.toThrow(CannotStart)
    await expect(startFixture(folder, { dataDir })).rejects.toThrow(`Another process uses ${dataDir}`)
    expect((await fetch(`${first.url}/v1/openapi.json`)).status).toBe(200)
    await first.stop()
    await (await startFixture(folder, { dataDir })).stop()
  })

  test('the port is in use', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await expect(startFixture(folder, { port })).rejects.toThrow(`Port ${port} is in use: set PORT`)
    server.close()
  })

  test('npm start ends with that line and exit code 1', () => {
    const start = fileURLToPath(new URL('../../local/start.mjs', import.meta.url))
    const env = { PATH: process.env.PATH, DATA_DIR: newDataDir(), PORT: '99999' }
    const { status, stdout, stderr } = spawnSync(process.execPath, [start], { env, encoding: 'utf8' })
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr: 'PORT must be a number up to 65535, not 99999.\n',
    })
  })

  test('CLOCK_START is not an instant', async () => {
    await expect(startFixture(folder, { clockStart: 'now' })).rejects.toThrow(
      'CLOCK_START must be an instant',
    )
  })

  test('the data was written by another version', () => {
    const dataDir = newDataDir()
    writeFileSync(join(dataDir, 'tollgate.db'), '')
    const stderr = `The data in ${dataDir} was written by another version of Tollgate; move it away or set DATA_DIR.\n`
    const env = { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: '0' }
    const run = (file: string, ...args: string[]) => {
      const path = fileURLToPath(new URL(`../../${file}`, import.meta.url))
      return spawnSync(process.execPath, [path, ...args], { env, encoding: 'utf8' })
    }
    const refused = { status: 1, stdout: '', stderr }
    expect(run('local/start.mjs')).toMatchObject(refused)
    writeFileSync(join(dataDir, 'format.json'), '{"format":0}')
    expect(run('local/start.mjs')).toMatchObject(refused)
    expect(run('audit/audit.ts')).toMatchObject(refused)
    expect(run('ops/ops.ts', 'status')).toMatchObject(refused)
    expect(readdirSync(dataDir).toSorted()).toEqual(['format.json', 'lock', 'tollgate.db'])
  })

  const machine = { nodeVersion: '24.1.0', platform: 'linux', arch: 'x64' }
  test('Node is too old', () => {
    expect(() => checkMachine({ ...machine, nodeVersion: '22.3.0' })).toThrow(
      'Node 24 is needed, this is 22.3.0',
    )
  })
  test('the engine does not run here, unless there is an external one', () => {
    const mac = { ...machine, platform: 'darwin', arch: 'arm64' }
    expect(() => checkMachine(mac)).toThrow('set AWS_ENDPOINT_URL_DYNAMODB')
    expect(() => checkMachine({ ...mac, endpoint: 'http://127.0.0.1:8000' })).not.toThrow()
    expect(() => checkMachine(machine)).not.toThrow()
  })
})

test('an engine of a killed runtime is ended, and its data is kept', async () => {
  const dataDir = newDataDir()
  const left = await startEngine(dataDir)
  const runtime = await startFixture(folder, { dataDir })
  expect(await left.lost).toContain('SIGKILL')
  expect(runtime.endpoint).not.toBe(left.endpoint)
  await runtime.stop()
})

test('a killed runtime ends its engine, and the data folder is free again', async () => {
  const dataDir = newDataDir()
  const options = JSON.stringify({ dataDir, port: 0, sample: false, assembly: folder })
  const module = JSON.stringify(new URL('../../local/runtime.ts', import.meta.url).href)
  const code = `const { startRuntime } = await import(${module}); console.log((await startRuntime(${options})).endpoint)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(child.stdout, 'data')
  const endpoint = String(line).trim()
  expect(await isUp(endpoint)).toBe(true)
  child.kill('SIGKILL')
  await vi.waitUntil(async () => !(await isUp(endpoint)), { timeout: 60_000 })
  await (await startFixture(folder, { dataDir })).stop()
})

const isUp = (endpoint: string) =>
  fetch(endpoint).then(
    () => true,
    () => false,
  )

test('the local runtime creates no resources for sign-in and page serving on AWS', async () => {
  const { artifacts } = JSON.parse(readFileSync(join(await synthesize(), 'manifest.json'), 'utf8'))
  const stacks = Object.keys(artifacts).filter((name) => /^Tollgate-local-\w+$/.test(name))
  expect(stacks).toContain('Tollgate-local-Api')
  for (const name of ['Identity', 'Site']) expect(stacks).not.toContain(`Tollgate-local-${name}`)
})

const changed = (change: (resources: Resources) => void) => changedAssembly(folder, change)
const setOn = (type: string, properties: Properties) =>
  changed((resources) => {
    const found = Object.values(resources).find((resource) => resource.Type === type)
    Object.assign(found?.Properties ?? {}, properties)
  })

describe('wiring that works on AWS and not here stops the start with its name', () => {
  test('an unchanged template is known', () => {
    const wiring = readWiring(folder)
    // The door of agents is no call of the contract.
    expect(wiring.routes).toHaveLength(routes.length + 1)
    expect(wiring.functions).toHaveLength(14)
  })

  test.each<[string, string, RegExp]>([
    [
      'a resource type',
      changed((all) => Object.assign(all, { Topic: { Type: 'AWS::SNS::Topic' } })),
      /Topic is a AWS::SNS/,
    ],
    [
      'a user pool, which the local issuer replaces',
      changed((all) => Object.assign(all, { People: { Type: 'AWS::Cognito::UserPool' } })),
      /People is a AWS::Cognito/,
    ],
    [
      'a distribution, for which the runtime serves the page',
      changed((all) => Object.assign(all, { Page: { Type: 'AWS::CloudFront::Distribution' } })),
      /Page is a AWS::CloudFront/,
    ],
    [
      'an integration',
      setOn('AWS::ApiGatewayV2::Integration', { IntegrationType: 'HTTP_PROXY' }),
      /Http.*AWS_PROXY/,
    ],
    [
      'a payload format',
      setOn('AWS::ApiGatewayV2::Integration', { PayloadFormatVersion: '1.0' }),
      /Http.*2\.0/,
    ],
    [
      'an event source',
      setOn('AWS::Lambda::EventSourceMapping', { EventSourceArn: 'arn:x' }),
      /AccountChanges.*arn:x/,
    ],
    [
      'a property of one',
      setOn('AWS::Lambda::EventSourceMapping', { TumblingWindowInSeconds: 5 }),
      /Tumbling/,
    ],
    [
      'a filter',
      setOn('AWS::Lambda::EventSourceMapping', {
        FilterCriteria: { Filters: [{ Pattern: '{"eventName":[{"prefix":"I"}]}' }] },
      }),
      /AccountChanges.*prefix/,
    ],
    [
      'a schedule',
      setOn('AWS::Scheduler::Schedule', { ScheduleExpression: 'cron(0 0 L * ? *)' }),
      /Calendar.*field L/,
    ],
    ['a schedule target', changed(toQueueTarget), /Calendar.*not a function/],
    ['a greedy route', setOn('AWS::ApiGatewayV2::Route', { RouteKey: 'GET /{proxy+}' }), /Http.*RouteKey/],
    [
      'an authorizer',
      setOn('AWS::ApiGatewayV2::Route', { AuthorizationType: 'AWS_IAM' }),
      /AuthorizationType/,
    ],
    ['an intrinsic function', setOn('AWS::Lambda::Function', { Timeout: { 'Fn::If': [] } }), /Fn::If/],
    ['a runtime', setOn('AWS::Lambda::Function', { Runtime: 'python3.14' }), /Function.*nodejs24/],
  ])('%s', (_, assembly, words) => {
    expect(() => readWiring(assembly)).toThrow(words)
    expect(() => readWiring(assembly)).toThrow(CannotStart)
  })
})

function toQueueTarget(resources: Resources): void {
  const schedule = Object.values(resources).find((resource) => resource.Type === 'AWS::Scheduler::Schedule')
  const [queue] = Object.entries(resources).find(([, resource]) => resource.Type === 'AWS::SQS::Queue') ?? []
  Object.assign(schedule?.Properties.Target ?? {}, { Arn: { 'Fn::GetAtt': [queue, 'Arn'] } })
}
