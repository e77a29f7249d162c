import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda'
import { toHandler } from './handler.ts'
import { logFailure } from './log.ts'
import { metrics } from './metrics.ts'

const tries = 20
const pauseMs = 50

/** Updates something to a version of a team's account. Returns false if the journal's index does not show that version yet. */
type CatchUp = (teamId: string, version: number) => Promise<boolean>

/**
 * The handler of a consumer of the accounts' stream. A record only states the version of an account; the entries are read
 * from the journal. Records that are repeated, late, out of order or lost therefore do no harm: any later one catches up.
 * `name` names the consumer in the log.
 */
export function accountConsumer(name: string, catchUp: CatchUp) {
  return toHandler(name, async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const latest = new Map<string, { version: number; sequence: string }>()
    for (const { dynamodb } of event.Records) {
      const teamId = dynamodb?.NewImage?.teamId?.S
      const version = Number(dynamodb?.NewImage?.version?.N ?? 0)
      if (teamId === undefined || version <= (latest.get(teamId)?.version ?? 0)) continue
      latest.set(teamId, { version, sequence: dynamodb?.SequenceNumber ?? '' })
    }
    const failures: string[] = []
    for (const [teamId, { version, sequence }] of latest) {
      if (!(await tryAgain(name, catchUp, teamId, version))) failures.push(sequence)
    }
    metrics.add('StreamLag', ageOfOldest(event), { Consumer: name })
    return { batchItemFailures: failures.map((itemIdentifier) => ({ itemIdentifier })) }
  })
}

/** Milliseconds since the first change of a batch; the stream dates changes to the second. */
function ageOfOldest({ Records }: DynamoDBStreamEvent): number {
  const seconds = Records.flatMap(({ dynamodb }) => dynamodb?.ApproximateCreationDateTime ?? [])
  return seconds.length === 0 ? 0 : Math.max(0, Date.now() - Math.min(...seconds) * 1_000)
}

async function tryAgain(name: string, catchUp: CatchUp, teamId: string, version: number): Promise<boolean> {
  for (let round = 0; round < tries; round++) {
    try {
      if (await catchUp(teamId, version)) return true
    } catch (error) {
      logFailure(name, { teamId, version }, error)
      return false
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  return false
}
