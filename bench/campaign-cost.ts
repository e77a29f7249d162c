import { emptyAccount } from '../core/account/account.ts'
import { record } from '../core/journal/record.ts'
import { campaignVerdict } from '../core/migration/campaign.ts'
import { depsOn } from '../lambdas/runtime/deps.ts'
import { shardPace } from '../lambdas/runtime/pace.ts'
import { toAccountItem } from '../lambdas/store/account-item.ts'
import { AppStore } from '../lambdas/store/apps.ts'
import { openShards } from '../lambdas/store/keys.ts'
import type { Table } from '../lambdas/store/table.ts'
import { tellShard } from '../lambdas/workflow/tell-teams.ts'
import { functions } from '../lib/functions.ts'
import { putItems } from '../test/support/put-items.ts'
import { counted, type Figure } from './figure.ts'
import { perTeam, teamsPerSecond } from './lambda-times.ts'
import { type Count, RequestMeter } from './request-meter.ts'

const stopped = 500
const campaignId = 'aps-2025'
const now = Date.parse('2026-01-17T00:00:00Z')
/**
 * Requests for the account, apps and notice of a team, and a share of the pages of each shard. Each shard
 * reads the campaign again.
 */
const requestsPerTeamMax = 4
const modelledTeams = 100_000
const minutesMax = 15

/**
 * Notifies the teams whose apps stop at the deadline, among many whose apps do not. The others must cost
 * nothing.
 */
export async function countCampaign(
  newTable: (id: string) => Promise<Table>,
  accounts: number,
): Promise<readonly Figure[]> {
  const few = await countNotified(await newTable('campaign-few'), 0)
  const many = await countNotified(await newTable('campaign-many'), accounts)
  return [
    counted(
      `requests per suspended app, ${stopped} of ${accounts + stopped} teams`,
      many.requests / stopped,
      requestsPerTeamMax,
    ),
    counted('… more than where no other team is there', many.requests - few.requests, 0),
    counted(
      `… modelled minutes for ${modelledTeams.toLocaleString('en')} teams`,
      modelledTeams / rateOf(many) / 60,
      minutesMax,
    ),
  ]
}

/** Teams a second: a function for each shard, all at once. */
function rateOf(count: Count): number {
  const { teamsAtOnce, teamsPerSecond: ofShard } = shardPace
  const { memoryMegabytes } = functions['tell-teams']
  const crew = { functions: openShards, memoryMegabytes, teamsAtOnce, paceMax: ofShard * openShards }
  return teamsPerSecond(perTeam(count, stopped), crew)
}

async function countNotified(table: Table, others: number): Promise<Count> {
  const env = { tableName: table.tableName, payments: 'sandbox', stage: 'bench' } as const
  const meter = new RequestMeter(table)
  const deps = depsOn({ table: meter.table, env, clock: { now: () => now } })
  await fill(table, others)
  const campaign = (await deps.catalog.read()).campaigns.find((each) => each.campaignId === campaignId)
  const plan = campaign === undefined ? undefined : campaignVerdict(campaign, new Set(), now)
  if (plan?.verdict !== 'tell') throw new Error('the launch campaign has nothing to tell at its deadline')
  return meter.during(async () => {
    for (let shard = 0; shard < openShards; shard++)
      await tellShard(deps, { campaignId, step: plan.step, shard })
  })
}

/** Teams without a plan, each with one app outside a hub, and teams with a plan and a hub. */
async function fill(table: Table, others: number): Promise<void> {
  const apps = new AppStore(table)
  const puts = Array.from({ length: stopped + others }, (_, index) => {
    const teamId = `team-${index}`
    const terms = { from: 0, plan: 'free', payAsYouGo: false } as const
    const at = now - 1_000
    const body =
      index < stopped
        ? ({ kind: 'hub-named', name: 'hub' } as const)
        : ({ kind: 'plan-changed', terms, paidShortfall: [] } as const)
    const account = { ...toAccountItem(record(emptyAccount(teamId), at, body).account) }
    const app = { appId: `app-${index}`, teamId, name: 'app', isInHub: false }
    const items = index < stopped ? apps.registering(app).flatMap(({ Put }) => Put?.Item ?? []) : []
    return [account, ...items]
  }).flat()
  await putItems(table, puts)
}
