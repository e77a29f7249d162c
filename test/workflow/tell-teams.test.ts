import { expect, vi } from 'vitest'
import type { Deps } from '../../lambdas/runtime/deps.ts'
import { accountKey } from '../../lambdas/store/keys.ts'
import type { OpenWorkStore } from '../../lambdas/store/open-work.ts'
import { getItem } from '../../lambdas/store/table.ts'
import type { EngineTables } from '../support/engine-table.ts'
import { test } from '../support/fixtures.ts'

/** Teams whose ids all fall into one shard: more than a page of them. */
const shard = 3
const campaignId = 'aps-2025'
const step = { notice: 'announced', scheduledAt: Date.parse('2025-12-08T00:00:00Z') }
const input = { campaignId, step, shard }

let engine: EngineTables
let deps: Deps
let openWork: OpenWorkStore
let tellTeams: (input: unknown) => Promise<{ verdict: string }>
let finishStep: (input: unknown) => Promise<{ verdict: string }>
let teams: readonly string[]

test.beforeAll(({ engine: started }) => {
  engine = started
})

test.beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2025-12-08T00:00:00Z') })
  const { tableName } = await engine.newTable()
  Object.assign(process.env, { TABLE_NAME: tableName, PAYMENTS: 'sandbox', STAGE: 'test' })
  vi.resetModules()
  const { openDeps } = await import('../../lambdas/runtime/open-deps.ts')
  const { OpenWorkStore } = await import('../../lambdas/store/open-work.ts')
  const { openApp, openShardKey } = await import('../../lambdas/store/keys.ts')
  tellTeams = (await import('../../lambdas/workflow/tell-teams.ts')).handler
  finishStep = (await import('../../lambdas/workflow/finish-step.ts')).handler
  deps = openDeps()
  openWork = new OpenWorkStore(deps.table)
  const names = Array.from({ length: 2_000 }, (_, index) => `team-${index}`)
  teams = names.filter((name) => openApp(name).openShard === openShardKey(shard)).sort()
})
test.afterEach(() => vi.useRealTimers())

async function addTeams(teamIds: readonly string[], apps = 1): Promise<void> {
  const profile = { country: 'US', paymentMethod: 'none', standing: 'good' } as const
  for (const teamId of teamIds) {
    await deps.operations.run(teamId, { kind: 'register-team', name: teamId, profile })
    for (let app = 0; app < apps; app++) {
      const registered = { appId: `${teamId}-${app}`, teamId, name: 'app', isInHub: false }
      const TransactItems = [...deps.apps.registering(registered)]
      await deps.table.send('TransactWriteItems', { TransactItems })
    }
  }
}

const timesNotified = async (teamId: string) => {
  const entries = await deps.journal.newest(teamId, 1_000, 100)
  return entries.filter((entry) => entry.kind === 'campaign-notice').length
}
const shardProgress = async () => {
  const { CampaignStore } = await import('../../lambdas/store/campaigns.ts')
  return new CampaignStore(deps.table).shard(
    campaignId,
    { notice: 'announced', scheduledAt: step.scheduledAt },
    shard,
  )
}

test('a shard of more teams than a page is notified completely, each team once', async () => {
  const some = teams.slice(0, 60)
  await addTeams(some)
  expect(await tellTeams(input)).toEqual({ ...input, verdict: 'told' })
  expect(await Promise.all(some.map(timesNotified))).toEqual(some.map(() => 1))
  expect(await shardProgress()).toEqual({ after: some.at(-1), isDone: true, teams: 60, apps: 60 })
})

test('sixteen teams of a page are notified at once, and a busy one delays no other', async () => {
  const some = teams.slice(0, 40)
  await addTeams(some)
  const [busy = '', ...others] = some
  const { tellShard } = await import('../../lambdas/workflow/tell-teams.ts')
  let [running, most, told] = [0, 0, 0]
  let free = () => {}
  const whenOthersAreTold = new Promise<void>((resolve) => {
    free = resolve
  })
  const run = deps.operations.run.bind(deps.operations)
  vi.spyOn(deps.operations, 'run').mockImplementation(async (teamId, command) => {
    running += 1
    most = Math.max(most, running)
    if (teamId === busy) await whenOthersAreTold
    const result = await run(teamId, command)
    running -= 1
    told += 1
    if (told === others.length) free()
    return result
  })
  // A page that waited for the busy team before the others would never end.
  expect(await tellShard(deps, input)).toMatchObject({ verdict: 'told' })
  expect(most).toBe(16)
  expect(await Promise.all(some.map(timesNotified))).toEqual(some.map(() => 1))
})

test('a team that cannot be notified delays no other team of its shard, and the shard is done once it can', async () => {
  const some = teams.slice(0, 70)
  await addTeams(some)
  const bad = some[5] ?? ''
  const item = await getItem(deps.table, accountKey(bad))
  const write = (Item: object) =>
    deps.table.send('PutItem', { TableName: deps.table.tableName, Item: { ...Item } })
  await write({ ...item, itemVersion: 99 })
  for (let round = 0; round < 2; round++) {
    await expect(tellTeams(input)).rejects.toThrow('tell-teams: 1 teams failed')
    expect(await shardProgress()).toEqual({
      after: some.at(-1),
      isDone: false,
      teams: 69,
      apps: 69,
      failed: [bad],
    })
    expect(await finishStep({ campaignId, step })).toMatchObject({ verdict: 'unfinished' })
  }
  await write({ ...item })
  expect(await tellTeams(input)).toMatchObject({ verdict: 'told' })
  expect(await Promise.all(some.map(timesNotified))).toEqual(some.map(() => 1))
  expect(await shardProgress()).toEqual({ after: some.at(-1), isDone: true, teams: 70, apps: 70 })
})

test('a notified shard is not notified again by any execution', async () => {
  await addTeams(teams.slice(0, 3))
  await Promise.all([tellTeams(input), tellTeams(input)])
  await tellTeams(input)
  expect(await Promise.all(teams.slice(0, 3).map(timesNotified))).toEqual([1, 1, 1])
  expect(await shardProgress()).toMatchObject({ isDone: true, teams: 3 })
})

test('a team that joins a notified shard is left to the next step, and not counted in this one', async () => {
  const [first = '', second = ''] = teams
  await addTeams([first])
  await tellTeams(input)
  await addTeams([second])
  expect(await tellTeams(input)).toMatchObject({ verdict: 'told' })
  expect(await timesNotified(second)).toBe(0)
  expect(await shardProgress()).toMatchObject({ teams: 1 })
})

test('a page that was notified but not recorded is counted, and notified to nobody again', async () => {
  const some = teams.slice(0, 3)
  await addTeams(some)
  const { CampaignStore } = await import('../../lambdas/store/campaigns.ts')
  const killed = vi.spyOn(CampaignStore.prototype, 'advance').mockRejectedValueOnce(new Error('killed'))
  await expect(tellTeams(input)).rejects.toThrow('killed')
  expect(await Promise.all(some.map(timesNotified))).toEqual([1, 1, 1])
  expect(await tellTeams(input)).toMatchObject({ verdict: 'told' })
  killed.mockRestore()
  expect(await Promise.all(some.map(timesNotified))).toEqual([1, 1, 1])
  expect(await shardProgress()).toMatchObject({ teams: 3, apps: 3 })
})

test('a step whose date was moved tells nobody any more', async () => {
  await addTeams(teams.slice(0, 2))
  const campaign = (await deps.catalog.read()).campaigns[0]
  if (campaign === undefined) throw new Error('the launch has a campaign')
  const { CampaignChangeStore } = await import('../../lambdas/store/campaign-changes.ts')
  const moved = { ...campaign, opensAt: step.scheduledAt + 1 }
  await new CampaignChangeStore(deps.table).change(campaignId, () => ({ campaign: moved, changes: [] }))
  expect(await tellTeams(input)).toMatchObject({ verdict: 'moved' })
  expect(await timesNotified(teams[0] ?? '')).toBe(0)
  expect(await finishStep({ campaignId, step })).toEqual({ campaignId, verdict: 'unfinished' })
})

test('a team of many apps is met once, and those after it are still met', async () => {
  const [many = '', next = ''] = teams
  await addTeams([many], 230)
  await addTeams([next])
  expect(await openWork.teams(shard, '', 50)).toEqual([many, next])
  expect(await openWork.teams(shard, many, 50)).toEqual([next])
  expect(await openWork.teams(shard, '', 1)).toEqual([many])
  expect(await openWork.count()).toEqual({ teams: 2, teamsWithoutPlan: 2, appsNotInHub: 231 })
})

test('open tasks vanish with the move and with the plan', async () => {
  const [team = ''] = teams
  await addTeams([team])
  await deps.table.send('TransactWriteItems', { TransactItems: [...deps.apps.moving(team, `${team}-0`)] })
  expect(await deps.apps.find(`${team}-0`)).toMatchObject({ isInHub: true })
  expect(await openWork.count()).toEqual({ teams: 1, teamsWithoutPlan: 1, appsNotInHub: 0 })
  await deps.operations.run(team, { kind: 'choose-plan', plan: 'free', payAsYouGo: false })
  expect(await openWork.count()).toEqual({ teams: 0, teamsWithoutPlan: 0, appsNotInHub: 0 })
})
