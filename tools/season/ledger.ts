import * as v from 'valibot'
import type { SeasonApi } from './api.ts'
import { eachOf } from './play.ts'
import type { Tally } from './tally.ts'
import type { SeasonTeam } from './teams.ts'

const Charges = v.optional(
  v.array(
    v.object({ source: v.string(), tokens: v.optional(v.number(), 0), usdCents: v.optional(v.number(), 0) }),
  ),
  [],
)
const Line = v.object({
  at: v.string(),
  kind: v.string(),
  charges: Charges,
  paidShortfall: Charges,
  settled: v.optional(v.boolean(), false),
  tokens: v.optional(v.number(), 0),
  usdCents: v.optional(v.number(), 0),
  notice: v.optional(v.string()),
  apps: v.optional(v.number(), 0),
  action: v.optional(v.string()),
})
type Line = v.InferOutput<typeof Line>
const Page = v.object({ entries: v.array(Line), cursor: v.optional(v.string()) })

/** Counts the facts in the teams' statements: sales, spending, bills and notices. */
export async function readLedger(api: SeasonApi, teams: readonly SeasonTeam[], tally: Tally): Promise<void> {
  await eachOf(teams, async ({ teamId }) => {
    for (let cursor = ''; ; ) {
      const path = `/v1/teams/${teamId}/entries?limit=100${cursor && `&cursor=${cursor}`}`
      const { body } = await api.call(`hub:${teamId}`, `GET ${path}`)
      const page = v.parse(Page, body)
      for (const line of page.entries) count(line, tally)
      if (page.cursor === undefined) break
      cursor = page.cursor
    }
  })
}

function count(line: Line, tally: Tally): void {
  const at = Date.parse(line.at)
  for (const [row, by] of [...chargesOf(line), ...factsOf(line)]) tally.add(row, at, by)
}

type Fact = readonly [row: string, by: number]

function chargesOf({ charges, paidShortfall }: Line): readonly Fact[] {
  return [...charges, ...paidShortfall].flatMap(({ source, tokens, usdCents }): Fact[] => {
    if (source === 'flex') return [['tokens spent', milli(tokens)]]
    return source === 'pay-as-you-go' ? [['charged', usdCents]] : []
  })
}

function factsOf(line: Line): readonly Fact[] {
  switch (line.kind) {
    case 'purchase':
      return [['tokens sold', milli(line.tokens)]]
    case 'lot-expired':
      return [['tokens expired', milli(line.tokens)]]
    case 'period-closed':
      return [['invoiced', line.usdCents]]
    case 'payment':
      return line.settled ? [['paid', line.usdCents]] : [['payments failed', 1]]
    case 'payment-recovery':
      return line.action === 'stop' ? [['bills overdue', 1]] : []
    case 'suspended':
    case 'resumed':
      return [[`teams ${line.kind}`, 1]]
    case 'campaign-notice':
      return noticeFacts(line)
    default:
      return []
  }
}

function noticeFacts({ notice, apps }: Line): readonly Fact[] {
  const notified: Fact = [`teams notified: ${notice}`, 1]
  return notice === 'stopped' ? [notified, ['apps in notices: stopped', apps]] : [notified]
}

const milli = (tokens: number): number => Math.round(tokens * 1_000)
