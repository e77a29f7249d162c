import { expect } from 'vitest'
import { codeBlocksOf } from '../support/code-blocks.ts'
import { test } from '../support/fixtures.ts'
import type { LocalApp } from '../support/local-app.ts'
import { startFlexTeam } from '../support/metered-team.ts'
import { runProgram } from '../support/run-program.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/* Every block of docs/mcp.md runs in one shell, and each answer is the one on the page. */

test.override('runtimeOptions', { clockStart: '2026-01-15T10:00:00Z' })

let app: LocalApp
test.beforeAll(async ({ app: started }) => {
  app = started
  await startFlexTeam(app, 'kumo', 'kumo-converter')
})

test('the exchange on the page about agents is real', async () => {
  const blocks = codeBlocksOf('docs/mcp.md')
  const commands = blocks.filter(({ language }) => language === 'sh').map(({ code }) => code)
  const code = commands.join('\n').replace('http://127.0.0.1:8787', app.runtime.url)
  const ran = await runProgram(['sh', '-e', '-c', code], {
    cwd: temporaryFolder(),
    environment: { NODE_OPTIONS: '', NODE_ENV: '' },
  })
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  const answers = ran.stdout.split('\n').filter((line) => line !== '')
  const shown = blocks.filter(({ language }) => language === 'json').map(({ code: text }) => JSON.parse(text))
  expect(answers.map((line) => JSON.parse(line))).toEqual(shown)
})
