import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda'
import { openDeps } from '../runtime/deps.ts'
import { logger } from '../runtime/log.ts'
import { UsageView } from '../store/usage-view.ts'

const deps = openDeps()
const view = new UsageView(deps.table, deps.journal)
const tries = 20
const pauseMs = 50

/**
 * An account's stream record only says how far its journal has come; the entries are read from the journal. Records that
 * come twice, late or out of order, or not at all, therefore do no harm: any later one catches up.
 */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const latest = new Map<string, { version: number; sequence: string }>()
  for (const { dynamodb } of event.Records) {
    const teamId = dynamodb?.NewImage?.teamId?.S
    const version = Number(dynamodb?.NewImage?.version?.N ?? 0)
    if (teamId === undefined || version <= (latest.get(teamId)?.version ?? 0)) continue
    latest.set(teamId, { version, sequence: dynamodb?.SequenceNumber ?? '' })
  }
  const failures: string[] = []
  for (const [teamId, { version, sequence }] of latest) {
    if (!(await catchUp(teamId, version))) failures.push(sequence)
  }
  return { batchItemFailures: failures.map((itemIdentifier) => ({ itemIdentifier })) }
}

async function catchUp(teamId: string, version: number): Promise<boolean> {
  for (let round = 0; round < tries; round++) {
    try {
      if (await view.catchUp(teamId, version)) return true
    } catch (error) {
      logger.error('usage view', { teamId, version, error: error as Error })
      return false
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  return false
}
