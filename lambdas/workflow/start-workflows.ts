import type { Campaign } from '../../core/catalog/catalog.ts'
import { recoveryVerdict } from '../../core/invoice/recovery.ts'
import { campaignVerdict, stepId } from '../../core/migration/campaign.ts'
import { dayMs, dayOf, hourMs, type Instant } from '../../core/time/time.ts'
import { atOnce } from '../runtime/at-once.ts'
import type { Deps } from '../runtime/deps.ts'
import { readWorkflowArns } from '../runtime/env.ts'
import { Executions } from '../runtime/executions.ts'
import { Failures } from '../runtime/failures.ts'
import { toHandler } from '../runtime/handler.ts'
import { metrics } from '../runtime/metrics.ts'
import { openDeps } from '../runtime/open-deps.ts'
import { paceOf } from '../runtime/pace.ts'
import { CampaignStore } from '../store/campaigns.ts'
import { OpenWorkStore } from '../store/open-work.ts'

export interface Machines {
  readonly executions: Pick<Executions, 'running' | 'start'>
  readonly arns: ReturnType<typeof readWorkflowArns>
}

/** Teams with an unpaid bill that are looked at at once, and in a second: Step Functions takes 150 starts in a second. */
const teamsAtOnce = 16
const teamsPerSecond = 100
/** Compliance is counted daily from the opening until this long after the deadline. */
const countedAfterDeadlineMs = 35 * dayMs
/** Workflows wake at each step's date, and sweeps come every five minutes: a step that is later than this is stuck. */
const stuckAfterMs = 3 * hourMs

/**
 * Starts the workflows that have work and do not run: new ones, and those whose execution was lost or has failed. Their
 * names contain the hour, so that two runs at once start none twice. Also counts the open work once a day. Throws at its end if
 * the workflow of a team could not be started; the others have been.
 */
export async function startWorkflows(deps: Deps, machines: Machines): Promise<{ readonly started: number }> {
  const { migration } = machines.arns
  const campaigns = new CampaignStore(deps.table)
  const now = deps.clock.now()
  const catalog = await deps.catalog.read()
  const failures = new Failures('start-workflows')
  let started = await startRecoveries(deps, machines, now, failures)
  let stuck = 0
  const running = await runningSubjects(machines, migration)
  for (const campaign of catalog.campaigns) {
    const { campaignId } = campaign
    const done = new Set((await campaigns.steps(campaignId)).map(stepId))
    const verdict = campaignVerdict(campaign, done, now)
    if (verdict.verdict === 'tell' && verdict.step.scheduledAt <= now - stuckAfterMs) stuck += 1
    if (verdict.verdict !== 'done' && !running.has(campaignId))
      started += await start(machines, migration, nameAt(campaignId, now), { campaignId })
    await countDay(deps, campaigns, campaign, now)
  }
  metrics.add('CampaignStepsStuck', stuck)
  metrics.add('WorkflowsStarted', started)
  failures.throwIfAny()
  return { started }
}

async function startRecoveries(
  deps: Deps,
  machines: Machines,
  now: Instant,
  failures: Failures,
): Promise<number> {
  const { paymentRecovery } = machines.arns
  const turn = paceOf(teamsPerSecond, teamsPerSecond)
  let running: Promise<ReadonlySet<string>> | undefined
  let [started, open, stuck] = [0, 0, 0]
  await atOnce(new OpenWorkStore(deps.table).recoveries(), teamsAtOnce, async (teamId) => {
    open += 1
    try {
      await turn()
      if (await isStuck(deps, teamId, now)) stuck += 1
      running ??= runningSubjects(machines, paymentRecovery)
      if ((await running).has(teamId)) return
      const count = await start(machines, paymentRecovery, nameAt(teamId, now), { teamId })
      started += count
    } catch (error) {
      failures.add(teamId, error)
    }
  })
  metrics.add('RecoveriesOpen', open)
  metrics.add('RecoveriesStuck', stuck)
  return started
}

/** True if a step of a team's recovery fell due hours ago, and neither its workflow nor a sweep has taken it. */
async function isStuck({ operations }: Deps, teamId: string, now: Instant): Promise<boolean> {
  const account = await operations.load(teamId)
  const verdict = recoveryVerdict(account?.dues ?? [])
  return verdict.verdict === 'wait' && verdict.until <= now - stuckAfterMs
}

/** The longest subject, a team, leaves enough of the 80 characters of a name. */
const nameAt = (subject: string, now: Instant): string => `${subject}.${Math.floor(now / hourMs)}`

async function start({ executions }: Machines, arn: string, name: string, input: object): Promise<number> {
  return (await executions.start(arn, name, input)) ? 1 : 0
}

async function runningSubjects({ executions }: Machines, arn: string): Promise<ReadonlySet<string>> {
  return new Set((await executions.running(arn)).map((name) => name.slice(0, name.lastIndexOf('.'))))
}

async function countDay(
  { table }: Deps,
  campaigns: CampaignStore,
  { campaignId, opensAt, deadlineAt }: Campaign,
  now: Instant,
): Promise<void> {
  if (now < opensAt || now >= deadlineAt + countedAfterDeadlineMs) return
  const day = dayOf(now)
  if (await campaigns.hasDay(campaignId, day)) return
  const count = await new OpenWorkStore(table).count()
  await campaigns.addDay(campaignId, { day, ...count })
  metrics.add('TeamsWithoutPlan', count.teamsWithoutPlan)
  metrics.add('AppsNotInHub', count.appsNotInHub)
}

const deps = openDeps()
const machines = { executions: new Executions(), arns: readWorkflowArns() }

export const handler = toHandler('start-workflows', () => startWorkflows(deps, machines))
