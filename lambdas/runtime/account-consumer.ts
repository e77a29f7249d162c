import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda'
import { toHandler } from './handler.ts'
import { logFailure } from './log.ts'
import { metrics } from './metrics.ts'

const tries = 20
const pauseMs = 50

/** Brings something up to a version of a team's account; false: the journal's index does not show it yet. */
type CatchUp = (teamId: string, version: number) => Promise<boolean>

/**
 * A handler of the accounts' stream. A record only says how far an account's journal has come; the entries are read from
 * the journal. Records that come twice, late or out of order, or not at all, therefore do no harm: any later one catches
 * up. `what` names it in the log.
 */
export function accountConsumer(what: string, catchUp: CatchUp) {
  return toHandler(what, async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const latest = new Map<string, { version: number; sequence: string }>()
    for (const { dynamodb } of event.Records) {
      const teamId = dynamodb?.NewImage?.teamId?.S
      const version = Number(dynamodb?.NewImage?.version?.N ?? 0)
      if (teamId === undefined || version <= (latest.get(teamId)?.version ?? 0)) continue
      latest.set(teamId, { version, sequence: dynamodb?.SequenceNumber ?? '' })
    }
    const failures: string[] = []
    for (const [teamId, { version, sequence }] of latest) {
      if (!(await tryAgain(what, catchUp, teamId, version))) failures.push(sequence)
    }
    metrics.add('StreamLag', ageOfOldest(event), { Consumer: what })
    return { batchItemFailures: failures.map((itemIdentifier) => ({ itemIdentifier })) }
  })
}

/** Milliseconds since the first change of a batch, which the stream only knows to the second. */
function ageOfOldest({ Records }: DynamoDBStreamEvent): number {
  const seconds = Records.flatMap(({ dynamodb }) => dynamodb?.ApproximateCreationDateTime ?? [])
  return seconds.length === 0 ? 0 : Math.max(0, Date.now() - Math.min(...seconds) * 1_000)
}

async function tryAgain(what: string, catchUp: CatchUp, teamId: string, version: number): Promise<boolean> {
  for (let round = 0; round < tries; round++) {
    try {
      if (await catchUp(teamId, version)) return true
    } catch (error) {
      logFailure(what, { teamId, version }, error)
      return false
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  return false
}
