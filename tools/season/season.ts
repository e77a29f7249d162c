import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CannotStart } from '../../audit/data-folder/cannot-start.ts'
import { makeCommand, wholeNumber } from '../command-line.ts'
import { seasonProgress } from './progress.ts'
import { runSeason, type Season } from './run.ts'
import { seasonTable, seasonTitle } from './table.ts'

const brokenShownMax = 20

interface Options {
  readonly teams: number
  readonly seed: number
}

/** Plays a season and prints it. Returns the exit code. */
async function showSeason({ teams, seed }: Options): Promise<number> {
  const dataDir = temporaryFolder()
  const progress = seasonProgress()
  try {
    const season = await runSeason({ teams, seed, dataDir, tell: progress.tell, onMoment: progress.show })
    progress.stop()
    console.log(`${seasonTitle(teams, seed)}\n\n${seasonTable(season.tally)}\n`)
    return verdict(season)
  } catch (cause) {
    console.error(cause instanceof CannotStart ? cause.message : cause)
    return 1
  } finally {
    progress.stop()
  }
}

/** The folder is removed at the end, and after an interruption. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-season-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
  return folder
}

function verdict({ broken, audited }: Season): number {
  const { accounts, entries, differences } = audited
  const number = (value: number) => value.toLocaleString('en-US')
  console.log(
    `Audit: ${number(accounts)} accounts, ${number(entries)} entries, ${number(differences)} differences.`,
  )
  for (const line of broken.slice(0, brokenShownMax)) console.log(line)
  if (broken.length > 0) console.log(`${number(broken.length)} results did not match the announcement.`)
  else console.log('Every date matched the announcement.')
  return broken.length + differences === 0 ? 0 : 1
}

const description = `Plays the launch, 1 November 2025 to 28 February 2026, on the test clock of a separate Tollgate, over HTTP, with teams \
that comply early, late and never, and with the moved deadline. The same seed gives the same table.`

const notes = `
Exit code: 0 when every date matched the announcement and the audit is clean, 1 when not, 2 for a wrong option.`

await makeCommand('season', description)
  .option('--teams <n>', 'number of teams, 1 to 2000', wholeNumber(1, 2_000), 200)
  .option('--seed <n>', 'a whole number', wholeNumber(0, 2 ** 31 - 1), 2026)
  .addHelpText('after', notes)
  .action(async (options: Options) => {
    process.exitCode = await showSeason(options)
  })
  .parseAsync()
