import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ChildRuntime, freePort } from '../../support/child-runtime.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { documentFile, fileHere, npmPackages, pythonPrograms, succeed } from './programs.ts'

const folder = temporaryFolder()

const packages = await npmPackages()

/** Runs a program of the packages, given by its file. */
const runPackage = (file: string, ...args: string[]) =>
  succeed([process.execPath, join(`${packages}`, 'node_modules', file), ...args], { cwd: folder })

const compile =
  '--noEmit --strict --target es2022 --module esnext --moduleResolution bundler --lib es2022,dom,dom.iterable'

describe.skipIf(packages === undefined)('TypeScript', () => {
  test('types of openapi-typescript compile, and a decision narrows its answer', async () => {
    await runPackage('openapi-typescript/bin/cli.js', documentFile, '--output', 'schema.ts')
    writeFileSync(
      join(folder, 'reader.ts'),
      `import type { components, operations } from './schema'
type Answer = operations['authorizeUsage']['responses'][200]['content']['application/json']
export const remaining = (answer: Answer) => (answer.decision === 'allow' ? answer.remaining : answer.refusal.code)
export const unitsOf = (result: components['schemas']['UsageResult']) =>
  result.status === 'recorded' ? result.charges.length : 0
export const lotOf = (entry: components['schemas']['Entry']) =>
  entry.kind === 'lot-granted' ? entry.lot.remaining : undefined
`,
    )
    await runPackage('typescript/bin/tsc', ...compile.split(' '), 'reader.ts')
  })

  test('a client of @hey-api/openapi-ts compiles', async () => {
    const plugins = ['@hey-api/typescript', '@hey-api/sdk', '@hey-api/client-fetch']
    const args = ['--input', documentFile, '--output', 'hey', '--no-log-file', '--plugins', ...plugins]
    await runPackage('@hey-api/openapi-ts/bin/run.js', ...args)
    await runPackage('typescript/bin/tsc', ...compile.split(' '), 'hey/index.ts', 'hey/sdk.gen.ts')
  })

  test('the linter finds nothing', async () => {
    const args = ['lint', documentFile, '--config', fileHere('redocly.yaml'), '--format', 'json']
    const printed = await runPackage('@redocly/cli/bin/cli.js', ...args)
    expect(printed).toContain('"problems": []')
  })
})

const programs = await pythonPrograms('client')
const eventPrograms = await pythonPrograms('events')

describe.skipIf(programs === undefined)('Python', () => {
  const python = (args: readonly string[]) =>
    succeed([join(`${programs}`, 'python'), ...args], { cwd: folder, environment: { PYTHONPATH: folder } })
  let runtime: ChildRuntime

  beforeAll(async () => {
    runtime = new ChildRuntime(await freePort(), { DATA_DIR: join(folder, 'data') })
    mkdirSync(join(folder, 'data'))
    await runtime.start()
  })
  afterAll(() => runtime.end('SIGTERM'))

  test('a client of openapi-python-client lacks nothing, and every module of it can be imported', async () => {
    // The generator formats its code with a program that is next to it.
    const environment = { PATH: `${programs}:${process.env.PATH}` }
    const command = ['generate', '--path', documentFile, '--output-path', 'tollgate', '--meta', 'none']
    const printed = await succeed([join(`${programs}`, 'openapi-python-client'), ...command], {
      cwd: folder,
      environment,
    })
    expect(printed).not.toMatch(/warning|error/i)
    await python(['-m', 'compileall', '-q', 'tollgate'])
    const importAll = `import importlib, pkgutil, tollgate
for module in pkgutil.walk_packages(tollgate.__path__, 'tollgate.'): importlib.import_module(module.name)`
    await python(['-c', importAll])
  })

  const serviceToken = async () => {
    const answer = await fetch(`${runtime.url}/local/tokens`, {
      method: 'POST',
      body: JSON.stringify({ scopes: ['aps:meter'] }),
    })
    return ((await answer.json()) as { token: string }).token
  }

  test.skipIf(eventPrograms === undefined)(
    'the official client of CloudEvents is read in all modes',
    async () => {
      const { now } = (await (await fetch(`${runtime.url}/local/clock`)).json()) as { now: string }
      const args = [fileHere('record.py'), runtime.url, await serviceToken(), 'kumo-converter', now]
      const printed = await succeed([join(`${eventPrograms}`, 'python'), ...args], { cwd: folder })
      expect(printed.split('\n')).toEqual(['recorded', 'recorded', 'duplicate', 'recorded recorded'])
    },
  )

  test('the client authorizes an app against the local runtime', async () => {
    const token = await serviceToken()
    const printed = await python([fileHere('authorize.py'), runtime.url, token, 'kumo-converter'])
    expect(printed).toMatch(/^allow flex 20\d\d-/)
  })
})
