import { execFileSync, spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { chooseSample } from './sample.ts'

/*
 * `npm run test:sample`: one file of each long suite. The commit chooses them; SAMPLE_SEED repeats the sample of another
 * one. Arguments go to vitest.
 */

const seed = Number(process.env.SAMPLE_SEED ?? seedOfCommit())
const files = chooseSample(globSync('test/long/**/*.test.ts'), seed)
process.stdout.write(`SAMPLE_SEED=${seed}\n${files.map((file) => `  ${file}\n`).join('')}`)
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    'vitest.long.config.ts',
    ...files,
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
)
process.exitCode = status ?? 1

function seedOfCommit(): number {
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' })
  return Number.parseInt(commit.slice(0, 8), 16)
}
