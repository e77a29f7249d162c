import { openAuditSource } from '../../audit/source.ts'
import { type Audited, auditTable } from '../../audit/table.ts'
import type { Instant } from '../../core/time/time.ts'
import { SeasonApi } from './api.ts'
import { oldPurchaseDays, seasonFrom } from './dates.ts'
import { readLedger } from './ledger.ts'
import { startOwnTollgate } from './own-tollgate.ts'
import { playSeason } from './play.ts'
import { Tally } from './tally.ts'
import { seasonTeams } from './teams.ts'

export interface SeasonOptions {
  readonly teams: number
  readonly seed: number
  /** Days from one day at work to the next. Default: 1. */
  readonly dayStep?: number
  /** An empty folder. */
  readonly dataDir: string
  readonly tell?: (line: string) => void
  readonly onMoment?: (at: Instant, done: number, of: number, tally: Tally) => void
}

export interface Season {
  readonly tally: Tally
  /** Where an answer was not what the announcement says: none, if all is well. */
  readonly broken: readonly string[]
  readonly audited: Audited
}

/** Plays a season on a Tollgate of its own, then reads what the journals say and audits them. */
export async function runSeason(options: SeasonOptions): Promise<Season> {
  const { dataDir, tell = () => {}, onMoment } = options
  const clockStart = new Date(oldPurchaseDays[0] ?? seasonFrom).toISOString()
  const tollgate = await startOwnTollgate({ dataDir, clockStart, tell })
  try {
    const api = new SeasonApi(tollgate.url)
    const teams = seasonTeams(options.teams, options.seed)
    const tally = new Tally()
    const broken: string[] = []
    await playSeason({
      api,
      teams,
      tally,
      dayStep: options.dayStep,
      broken: (line) => void broken.push(line),
      onMoment: (at, done, of) => onMoment?.(at, done, of, tally),
    })
    await readLedger(api, teams, tally)
    const audited = await audit(dataDir, (line) => void broken.push(line))
    return { tally, broken: [...broken, ...misinformed(tally)], audited }
  } finally {
    await tollgate.stop()
  }
}

/** Every app that stopped was told of, and no other. */
function misinformed(tally: Tally): readonly string[] {
  const [told, stopped] = [tally.total('apps told: stopped'), tally.total('apps stopped')]
  return told === stopped ? [] : [`${stopped} apps stopped, and teams were told of ${told}`]
}

async function audit(dataDir: string, onDifference: (line: string) => void): Promise<Audited> {
  const source = await openAuditSource({ DATA_DIR: dataDir })
  const [table] = source.tables
  if (table === undefined) throw new Error('The season has no table')
  try {
    return await auditTable(table, { onDifference })
  } finally {
    await source.close()
  }
}
