import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { minuteMs } from '../../core/time/time.ts'
import { makeCommand, wholeNumber } from '../../tools/command-line.ts'
import equivalents from './equivalent.json' with { type: 'json' }
import { judge, type MutationReport, type Survivor } from './verdict.ts'

/* `npm run mutate`: changes `core` one expression at a time, and lists the changes that no test noticed. */

const reportFile = 'reports/mutation/mutation.json'
/** A file of 100 lines has about 60 mutants and takes a minute or two. */
const changedFilesMax = 6
const percentEquivalentMax = 3

interface Options {
  readonly since?: string
  readonly mutate?: readonly string[]
  readonly incremental: boolean
  readonly atLeast: number
  readonly minutesMax: number
}

function run({ since, mutate, incremental, atLeast, minutesMax }: Options): void {
  const files = mutate ?? (since === undefined ? undefined : changedFiles(since))
  if (files?.length === 0) {
    print(`No file of core differs from ${since}.`)
    return
  }
  rmSync(reportFile, { force: true })
  const { status, error } = spawnSync(
    process.execPath,
    [
      'node_modules/@stryker-mutator/core/bin/stryker.js',
      'run',
      ...(files === undefined ? [] : ['--mutate', files.join(',')]),
      ...(incremental ? ['--incremental'] : []),
    ],
    { stdio: 'inherit', timeout: minutesMax * minuteMs },
  )
  if (error !== undefined && 'code' in error && error.code === 'ETIMEDOUT') {
    rmSync('.stryker-tmp', { recursive: true, force: true })
    print(`Not judged, since the run took longer than ${minutesMax} minutes: ${files?.join(', ') ?? 'core'}`)
    return
  }
  if (status !== 0) process.exit(status ?? 1)
  const isWhole = files === undefined
  process.exitCode = report(JSON.parse(readFileSync(reportFile, 'utf8')), isWhole, atLeast) ? 0 : 1
}

/** Files of `core`, without texts, that differ from a revision: the most changed ones, in order of their changed lines. */
function changedFiles(revision: string): readonly string[] {
  const options = ['diff', '--numstat', '--no-renames', '--diff-filter=d', revision, '--', 'core/*.ts']
  const rows = execFileSync('git', options, { encoding: 'utf8' }).trim().split('\n')
  const changed = rows
    .map((row) => row.split('\t'))
    .flatMap(([added, removed, file = '']) => ({ file, lines: Number(added) + Number(removed) }))
    .filter(({ file }) => file !== '' && !file.startsWith('core/texts/'))
    .toSorted((a, b) => b.lines - a.lines)
    .map(({ file }) => file)
  const left = changed.slice(changedFilesMax)
  if (left.length > 0)
    print(`Not mutated, since more than ${changedFilesMax} files differ: ${left.join(', ')}`)
  return changed.slice(0, changedFilesMax)
}

/** Prints the score and what lowers it. Returns false when it is too low, or the list of equivalent mutants is wrong. */
function report(found: MutationReport, isWhole: boolean, atLeast: number): boolean {
  const { killed, timedOut, survivors, equivalent, stale, score } = judge(found, equivalents)
  for (const survivor of survivors) print(lineOf(survivor))
  for (const row of stale)
    print(`Not equivalent, remove it from the list: ${row.file}: ${row.from} → ${row.to}`)
  const total = killed + survivors.length
  const excluded = `without ${equivalent} equivalent ones`
  print(`${killed} of ${total} mutants killed (${timedOut} by a timeout): ${score.toFixed(1)} %, ${excluded}`)
  const isLong = isWhole && equivalents.length > ((total + equivalent) * percentEquivalentMax) / 100
  if (isLong) print(`More than ${percentEquivalentMax} % of the mutants are listed as equivalent.`)
  return stale.length === 0 && !isLong && score >= atLeast
}

function lineOf({ file, lineNumber, line, from, to }: Survivor): string {
  return `${file}:${lineNumber}: ${from} → ${to}${line === from ? '' : `\n    ${line}`}`
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

makeCommand('mutate', 'Changes core one expression at a time, and lists the changes that no test noticed.')
  .option('--since <revision>', `only files of core that differ from a revision, at most ${changedFilesMax}`)
  .option('--mutate <files...>', 'only these files')
  .option('--incremental', 'reuses the last results of what has not changed', false)
  .option('--at-least <percent>', 'exit code 1 for a lower score', wholeNumber(0, 100), 0)
  .option(
    '--minutes-max <minutes>',
    'a longer run ends with exit code 0 and without a score, because only a busy machine is that slow',
    wholeNumber(1, 600),
    600,
  )
  .action(run)
  .parse()
