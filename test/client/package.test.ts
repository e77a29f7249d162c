import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { buildClient } from '../../bin/build-client.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/* The package as services get it, in a folder without any other package. */

const compiler = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url))
const service = temporaryFolder()
const installed = join(service, 'node_modules/@tollgate/client')

beforeAll(() => {
  mkdirSync(installed, { recursive: true })
  buildClient(installed)
})

function read(file: string): string {
  return readFileSync(join(installed, file), 'utf8')
}

/** The files that a script loads at once, without those that it may load later. */
function partsOf(file: string): readonly string[] {
  const parts = [...read(file).matchAll(/from\s*"\.\/([^"]+)"/g)].map(([, name]) => name ?? '')
  return [file, ...parts]
}

test('the entry with all calls is at most 15 kB; the recorder is loaded at its first use', () => {
  const parts = partsOf('client.js')
  expect(parts.reduce((sum, file) => sum + read(file).length, 0)).toBeLessThanOrEqual(15_000)
  expect(read('client.js')).toMatch(/import\("\.\/parts\/recording-/)
})

test('the middleware is at most 12 kB, with the classifier', () => {
  expect(read('middleware.js').length).toBeLessThanOrEqual(12_000)
})

test('no bundle needs another package, and only the spool needs Node', () => {
  const scripts = readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.js'),
  )
  const found = scripts.map((file) => {
    const named = [...read(file).matchAll(/(?:from|import)\s*\(?"([^"]+)"/g)].map(([, name]) => name ?? '')
    return [file, [...new Set(named.filter((name) => !name.startsWith('.')))].toSorted()] as const
  })
  for (const [file, names] of found)
    expect([file, names.filter((name) => !name.startsWith('node:'))]).toEqual([file, []])
  const withNode = found.filter(([, names]) => names.length > 0).map(([file]) => file)
  expect(withNode).toEqual(['spool.js'])
})

test('a service loads every entry that the manifest names', async () => {
  const { exports } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
  const entries = Object.values<{ default: string }>(exports).map((entry) => entry.default)
  expect(entries).toHaveLength(4)
  const loaded = await Promise.all(entries.map((file) => import(pathToFileURL(join(installed, file)).href)))
  expect(loaded.flatMap((each) => Object.keys(each))).toEqual(
    expect.arrayContaining(['createClient', 'createTelemetry', 'openSpool']),
  )
})

test('the types need no other package in strict mode', () => {
  const program = `
    import { createClient, type Decision, type TollgateClient } from '@tollgate/client'
    import { openSpool } from '@tollgate/client/spool'
    const spool = openSpool('spool')
    const client: TollgateClient = createClient({ baseUrl: 'https://example.com', token: () => 'x', spool })
    const decision: Decision = await client.allow('app', 'model-derivative-basic')
    if (decision.decision === 'deny') console.log(decision.refusal.code, decision.retryAfterSeconds)
    export {}
  `
  const options = {
    compilerOptions: {
      target: 'es2024',
      module: 'nodenext',
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
      lib: ['es2024', 'esnext.disposable', 'dom'],
      types: [],
    },
    files: ['service.ts'],
  }
  writeFileSync(join(service, 'service.ts'), program)
  writeFileSync(join(service, 'package.json'), JSON.stringify({ type: 'module' }))
  writeFileSync(join(service, 'tsconfig.json'), JSON.stringify(options))
  execFileSync(process.execPath, [compiler, '-p', service], { encoding: 'utf8' })
})
