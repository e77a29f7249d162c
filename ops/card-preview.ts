import { type CardChange, previewCard } from '../core/preview/card-preview.ts'
import { periodOf, previousPeriod } from '../core/time/time.ts'
import { openOperations } from '../lambdas/store/all-rules.ts'
import { monthUse } from '../lambdas/store/month-use.ts'
import { openStores } from '../lambdas/store/stores.ts'
import { UsagePages } from '../lambdas/store/usage-pages.ts'
import { alignRows } from '../tools/text-table.ts'
import { cardOf, readFile } from './catalog.ts'
import { count, type Operating } from './operating.ts'
import { chosenTeams } from './teams.ts'

export interface PreviewChoice {
  readonly file: string
  /** Default: the last month. */
  readonly month?: string
  /** The most teams that are listed. */
  readonly teams?: number
  readonly csv?: boolean
}

interface Sum {
  readonly teamId: string
  readonly usdCents: number
  readonly milliTokens: number
  readonly refused: number
}

const teamsDefault = 20

/**
 * Replays a past month of every team from the usage view under a card that is not published, team by team. Prints what changes in
 * total and for whom, those whose price rises most first.
 */
export async function previewRateCard(
  { table, now, print }: Operating,
  choice: PreviewChoice,
): Promise<void> {
  const { file, month = previousPeriod(periodOf(now())), teams = teamsDefault, csv = false } = choice
  const stores = openStores(table, { now })
  const operations = openOperations(table, { now }, stores)
  const pages = new UsagePages(table)
  const catalog = await stores.catalog.read()
  const card = cardOf(catalog, readFile(file))
  const most: Sum[] = []
  let total: Sum = { teamId: 'total', usdCents: 0, milliTokens: 0, refused: 0 }
  let changed = 0
  for await (const { teamId } of chosenTeams(table, { all: true })) {
    const account = await operations.load(teamId)
    if (account === undefined) continue
    const sum = sumOf(
      teamId,
      previewCard(account, catalog, card, month, await monthUse(pages, teamId, month)),
    )
    if (sum === undefined) continue
    changed += 1
    total = add(total, sum)
    most.push(sum)
    // Only those that are printed stay in memory.
    most.sort((a, b) => b.usdCents - a.usdCents || b.refused - a.refused)
    most.length = Math.min(most.length, teams)
  }
  const rows = [['team', 'usdCents', 'tokens', 'refused'], ...[...most, total].map(cellsOf)]
  for (const line of csv ? rows.map((row) => row.join(',')) : alignRows(rows, 1)) print(line)
  print(`${count(changed, 'team')} would have paid or used otherwise in ${month}. Nothing was written.`)
}

/** The difference that a card makes for a team; undefined where it makes none. */
function sumOf(teamId: string, changes: readonly CardChange[]): Sum | undefined {
  if (changes.length === 0) return undefined
  const difference = (measure: 'usdCents' | 'milliTokens' | 'refused') =>
    changes.reduce((sum, { before, after }) => sum + after[measure] - before[measure], 0)
  return {
    teamId,
    usdCents: difference('usdCents'),
    milliTokens: difference('milliTokens'),
    refused: difference('refused'),
  }
}

function add(total: Sum, { usdCents, milliTokens, refused }: Sum): Sum {
  return {
    teamId: total.teamId,
    usdCents: total.usdCents + usdCents,
    milliTokens: total.milliTokens + milliTokens,
    refused: total.refused + refused,
  }
}

function cellsOf({ teamId, usdCents, milliTokens, refused }: Sum): readonly string[] {
  return [teamId, String(usdCents), String(milliTokens / 1_000), String(refused)]
}
