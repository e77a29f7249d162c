import { expect } from 'vitest'
import { codeBlocksOf } from '../support/code-blocks.ts'
import { test } from '../support/fixtures.ts'
import type { LocalApp } from '../support/local-app.ts'
import { startFlexTeam } from '../support/metered-team.ts'
import { runProgram } from '../support/run-program.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/* Every block of a page runs in one shell, and each answer is the one on the page. */

test.override('runtimeOptions', { clockStart: '2026-01-15T10:00:00Z' })

let app: LocalApp
test.beforeAll(async ({ app: started }) => {
  app = started
  await startFlexTeam(app, 'kumo', 'kumo-converter')
})

test.each(['docs/quotes.md', 'docs/budgets.md'])('the exchange on %s is real', async (page) => {
  const blocks = codeBlocksOf(page)
  const commands = blocks
    .filter(({ language }) => language === 'sh')
    .flatMap(({ code: text }) => text.split('\n').filter((line) => line !== ''))
  const code = commands
    .flatMap((line) => (/^curl .*\$TOLLGATE\/v1/.test(line) ? [line, 'echo'] : [line]))
    .join('\n')
    .replace('http://127.0.0.1:8787', app.runtime.url)
  const ran = await runProgram(['sh', '-e', '-c', code], {
    cwd: temporaryFolder(),
    environment: { NODE_OPTIONS: '', NODE_ENV: '' },
  })
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  const answers = ran.stdout.split('\n').filter((line) => line !== '')
  const shown = blocks.filter(({ language }) => language === 'json').map(({ code: text }) => JSON.parse(text))
  expect(answers.map((line) => JSON.parse(line))).toEqual(shown)
})
