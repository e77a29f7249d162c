import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { CannotStart } from '../../audit/data-folder/cannot-start.ts'
import { seasonProgress } from './progress.ts'
import { runSeason, type Season } from './run.ts'
import { seasonTable, seasonTitle } from './table.ts'

const help = `Plays the launch, 1 November 2025 to 28 February 2026, on the test clock of a Tollgate of its own: over HTTP,
with teams that comply early, late and never, and with the deadline that was moved. The same seed gives the same table.

  npm run season -- [--teams N] [--seed S]

  --teams N    1 to 2000 (default 200)
  --seed S     a whole number (default 2026)

Exit code: 0 when every date did what was announced and the audit is clean, 1 when not, 2 for a wrong option.`

const brokenShownMax = 20

function settings() {
  const { values } = parseArgs({
    options: {
      teams: { type: 'string', default: '200' },
      seed: { type: 'string', default: '2026' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  return {
    help: values.help,
    teams: whole('--teams', values.teams, 1, 2_000),
    seed: whole('--seed', values.seed, 0, 2 ** 31 - 1),
  }
}

function whole(name: string, text: string, min: number, max: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= min && value <= max)) throw new Error(`${name} must be a whole number from ${min} to ${max}`)
  return value
}

function parsedSettings(): ReturnType<typeof settings> | string {
  try {
    return settings()
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause)
  }
}

async function main(): Promise<number> {
  const chosen = parsedSettings()
  if (typeof chosen === 'string') {
    console.error(`${chosen} (--help explains the options)`)
    return 2
  }
  if (chosen.help) {
    console.log(help)
    return 0
  }
  const { teams, seed } = chosen
  const dataDir = temporaryFolder()
  const progress = seasonProgress()
  try {
    const season = await runSeason({ teams, seed, dataDir, tell: progress.tell, onMoment: progress.show })
    progress.stop()
    console.log(`${seasonTitle(teams, seed)}\n\n${seasonTable(season.tally)}\n`)
    return verdict(season)
  } finally {
    progress.stop()
  }
}

/** Removed at the end, and when somebody has seen enough. */
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
  if (broken.length > 0) console.log(`${number(broken.length)} things were not as announced.`)
  else console.log('Every date did what was announced.')
  return broken.length + differences === 0 ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (cause) {
  console.error(cause instanceof CannotStart ? cause.message : cause)
  process.exitCode = 1
}
