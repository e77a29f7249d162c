import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { type CodeBlock, codeBlocksOf } from '../support/code-blocks.ts'
import { test } from '../support/fixtures.ts'
import type { LocalApp } from '../support/local-app.ts'
import { basic, complexJobs, freeUse, startFreeTeam } from '../support/metered-team.ts'
import { type Ran, runProgram } from '../support/run-program.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const blocks = codeBlocksOf('docs/call-it-from-code.md')
const [setUp, ...curl] = blocks.filter(({ language }) => language === 'sh')
const scripts = blocks.filter(({ language }) => language === 'ts')
const python = blocks.filter(({ language }) => language === 'python')
const lineMax = 110

test.override('runtimeOptions', { clockStart: undefined })

let app: LocalApp
let folder: string

test.beforeAll(async ({ app: started }) => {
  app = started
  folder = temporaryFolder()
  await startFreeTeam(app, 'kumo', 'kumo-converter')
  mkdirSync(join(folder, 'node_modules/@tollgate'), { recursive: true })
  symlinkSync(
    fileURLToPath(new URL('../../client', import.meta.url)),
    join(folder, 'node_modules/@tollgate/client'),
  )
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  expect(await shell([setUp])).toMatchObject({ code: 0, stderr: '' })
})

test('the page has blocks of each language, and every line of curl fits on a screen', () => {
  expect([curl.length, scripts.length, python.length]).toEqual([4, 2, 1])
  const lines = curl.flatMap(({ code }) => code.split('\n'))
  expect(lines.filter((line) => line.length > lineMax)).toEqual([])
})

test('the blocks of curl authorize, capture, void and record', async () => {
  const ran = await shell(curl)
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  expect(ran.stdout.match(/"decision":"allow"/g)).toHaveLength(2)
  expect(ran.stdout).toContain('"status":"closed"')
  expect(await freeUse(app, 'kumo', complexJobs)).toEqual({ used: 1, held: 0 })
  expect(await freeUse(app, 'kumo', basic)).toEqual({ used: 12, held: 0 })
})

test('the blocks of TypeScript allow a call, capture a job, record work and meter a service', async () => {
  const before = await freeUse(app, 'kumo', basic)
  const client = await runScript(scripts[0])
  const middleware = await runScript(scripts[1])
  expect(client).toEqual({ code: 0, stderr: '', stdout: 'allow\ncaptured 1, closed\n' })
  expect(middleware).toEqual({ code: 0, stderr: '', stdout: '200 {"formats":{}}\n' })
  expect(await freeUse(app, 'kumo', basic)).toEqual({ used: before.used + 1 + 12 + 1, held: 0 })
})

test('the block of Python captures a job', async ({ skip }) => {
  const hasPython = await runProgram(['python3', '--version']).then(
    ({ code }) => code === 0,
    () => false,
  )
  skip(!hasPython, 'python3 is not installed')
  writeFileSync(join(folder, 'call.py'), python[0]?.code ?? '')
  const ran = await runProgram(['python3', 'call.py'], { cwd: folder, environment: environment() })
  expect(ran).toEqual({ code: 0, stderr: '', stdout: 'translating\ncaptured 1 closed\n' })
})

/** Runs blocks in one shell that ends at the first error. */
function shell(parts: readonly (CodeBlock | undefined)[]): Promise<Ran> {
  const code = parts.map((part) => atRuntime(part?.code ?? 'false')).join('\n')
  return runProgram(['sh', '-e', '-c', code], { cwd: folder, environment: environment() })
}

function runScript(block: CodeBlock | undefined): Promise<Ran> {
  writeFileSync(join(folder, 'call.ts'), block?.code ?? '')
  return runProgram([process.execPath, 'call.ts'], { cwd: folder, environment: environment() })
}

/** The page names the address of `npm start`. */
function atRuntime(code: string): string {
  return code.replaceAll('http://127.0.0.1:8787', app.runtime.url)
}

function environment() {
  return { TOLLGATE: app.runtime.url, NODE_OPTIONS: '', NODE_ENV: '' }
}
