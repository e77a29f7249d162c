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
  /** Days between two working days. Default: 1. */
  readonly dayStep?: number
  /** An empty folder. */
  readonly dataDir: string
  readonly tell?: (line: string) => void
  readonly onMoment?: (at: Instant, done: number, total: number, tally: Tally) => void
}

export interface Season {
  readonly tally: Tally
  /** Answers that contradict the announcement; empty in a correct season. */
  readonly broken: readonly string[]
  readonly audited: Audited
}

/** Plays a season on a separate Tollgate, then reads and audits the journals. */
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
      onMoment: (at, done, total) => onMoment?.(at, done, total, tally),
    })
    await readLedger(api, teams, tally)
    const audited = await audit(dataDir, (line) => void broken.push(line))
    return { tally, broken: [...broken, ...misinformed(tally)], audited }
  } finally {
    await tollgate.stop()
  }
}

/** Every stopped app must be in a notice, and no other app. */
function misinformed(tally: Tally): readonly string[] {
  const [notified, stopped] = [tally.total('apps in notices: stopped'), tally.total('apps stopped')]
  return notified === stopped ? [] : [`${stopped} apps stopped, and notices name ${notified}`]
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
