import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { temporaryFolder } from '../support/temporary-folder.ts'
import type { TestNames } from './inventory.ts'

/** The short and the long suite. */
const configs = ['vitest.config.ts', 'vitest.long.config.ts']

/** Collects the tests of both suites of a checkout without running them. Rejects when a file cannot be loaded. */
export async function listTests(root: string): Promise<TestNames> {
  const present = configs.filter((config) => existsSync(join(root, config)))
  const listed = await Promise.all(present.map((config) => listSuite(root, config)))
  return byFile(root, listed.flat())
}

interface ListedTest {
  readonly name: string
  readonly file: string
}

async function listSuite(root: string, config: string): Promise<readonly ListedTest[]> {
  const out = join(temporaryFolder(), 'tests.json')
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  // Tables of tests are expanded by running the files, which share their modules: loading them is what takes time.
  const options = ['--no-static-parse', '--no-isolate', '--pool=threads', '--maxWorkers=1']
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')))
  await promisify(execFile)(
    process.execPath,
    [vitest, 'list', '--root', root, '--config', join(root, config), ...options, `--json=${out}`],
    { env, cwd: root },
  )
  return JSON.parse(readFileSync(out, 'utf8')) as ListedTest[]
}

function byFile(root: string, tests: readonly ListedTest[]): TestNames {
  const names: Record<string, string[]> = {}
  for (const { name, file } of tests) {
    const path = relative(root, file)
    names[path] = [...(names[path] ?? []), name]
  }
  return Object.fromEntries(Object.entries(names).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
