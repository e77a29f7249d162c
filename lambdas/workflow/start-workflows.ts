import type { Campaign } from '../../core/catalog/catalog.ts'
import { campaignVerdict, stepId } from '../../core/migration/campaign.ts'
import { dayMs, hourMs, type Instant } from '../../core/time.ts'
import { openDeps } from '../runtime/deps.ts'
import { readWorkflowArns } from '../runtime/env.ts'
import { Executions } from '../runtime/executions.ts'
import { CampaignStore } from '../store/campaigns.ts'
import { OpenWorkStore } from '../store/open-work.ts'

const deps = openDeps()
const arns = readWorkflowArns()
const campaigns = new CampaignStore(deps.table)
const openWork = new OpenWorkStore(deps.table)
const executions = new Executions()
/** Compliance is counted daily from the opening until so long after the deadline. */
const countedAfterDeadlineMs = 35 * dayMs

/**
 * Starts the workflows that have something to do and do not run: new ones, and those whose execution was lost or has
 * failed. Their names carry the hour, so that two runs at once start none twice. Also counts, once a day, what is open.
 */
export async function handler(): Promise<{ readonly started: number }> {
  const now = deps.clock.now()
  const catalog = await deps.catalog.read()
  let started = await startRecoveries(now)
  const running = await runningSubjects(arns.migration)
  for (const campaign of catalog.campaigns) {
    const { campaignId } = campaign
    const done = new Set((await campaigns.steps(campaignId)).map(stepId))
    const isDone = campaignVerdict(campaign, done, now).verdict === 'done'
    if (!isDone && !running.has(campaignId))
      started += await start(arns.migration, campaignId, now, { campaignId })
    await countDay(campaign, now)
  }
  return { started }
}

async function startRecoveries(now: Instant): Promise<number> {
  let running: ReadonlySet<string> | undefined
  let started = 0
  for await (const { teamId, period } of openWork.recoveries()) {
    running ??= await runningSubjects(arns.paymentRecovery)
    const subject = `${teamId}.${period}`
    if (!running.has(subject)) started += await start(arns.paymentRecovery, subject, now, { teamId, period })
  }
  return started
}

/** The longest subject, a team and a period, leaves just enough of the 80 characters of a name. */
async function start(arn: string, subject: string, now: Instant, input: object): Promise<number> {
  return (await executions.start(arn, `${subject}.${Math.floor(now / hourMs)}`, input)) ? 1 : 0
}

async function runningSubjects(arn: string): Promise<ReadonlySet<string>> {
  return new Set((await executions.running(arn)).map((name) => name.slice(0, name.lastIndexOf('.'))))
}

async function countDay({ campaignId, opensAt, deadlineAt }: Campaign, now: Instant): Promise<void> {
  if (now < opensAt || now >= deadlineAt + countedAfterDeadlineMs) return
  const day = new Date(now).toISOString().slice(0, 10)
  if (await campaigns.hasDay(campaignId, day)) return
  await campaigns.addDay(campaignId, { day, ...(await openWork.count()) })
}
