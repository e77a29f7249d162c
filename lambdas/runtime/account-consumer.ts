import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import { atOnce } from './at-once.ts'
import { toHandler } from './handler.ts'
import { logFailure } from './log.ts'
import { metrics } from './metrics.ts'
import { pause } from './pause.ts'

const rounds = 20
const pauseMs = 50
/** Teams of one batch that are worked on at the same time. */
export const teamsAtOnce = 16

/** Updates something to a version of a team's account. Returns false if the journal's index does not show that version yet. */
type CatchUp = (teamId: string, version: number) => Promise<boolean>

/** Other work on the records of a batch. Returns the sequence numbers of those that must come again. */
export type RecordWork = (records: readonly DynamoDBRecord[]) => Promise<readonly string[]>

/** The latest version of a team in a batch, with the sequence number of its record. */
interface Changed {
  readonly teamId: string
  readonly version: number
  readonly sequence: string
}

/**
 * The handler of a consumer of the accounts' stream. A record only states the version of an account; the entries are read
 * from the journal. Records that are repeated, late, out of order or lost therefore do no harm: any later one catches up.
 * A team that fails, or whose index lags, delays no other team of its batch. `name` names the consumer in the log. Other work on
 * the same records shares the function, because a shard of the stream has room for two readers.
 */
export function accountConsumer(name: string, catchUp: CatchUp, otherWork: RecordWork = async () => []) {
  return toHandler(name, async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const failed = await catchUpAll(name, catchUp, latestOf(event))
    const others = await otherWork(event.Records)
    metrics.add('StreamLag', ageOfOldest(event), { Consumer: name })
    const sequences = new Set([...failed.map(({ sequence }) => sequence), ...others])
    return { batchItemFailures: [...sequences].map((itemIdentifier) => ({ itemIdentifier })) }
  })
}

function latestOf({ Records }: DynamoDBStreamEvent): readonly Changed[] {
  const latest = new Map<string, Changed>()
  for (const { dynamodb } of Records) {
    const teamId = dynamodb?.NewImage?.teamId?.S
    const version = Number(dynamodb?.NewImage?.version?.N ?? 0)
    if (teamId === undefined || version <= (latest.get(teamId)?.version ?? 0)) continue
    latest.set(teamId, { teamId, version, sequence: dynamodb?.SequenceNumber ?? '' })
  }
  return [...latest.values()]
}

/** Milliseconds since the first change of a batch; the stream dates changes to the second. */
function ageOfOldest({ Records }: DynamoDBStreamEvent): number {
  const seconds = Records.flatMap(({ dynamodb }) => dynamodb?.ApproximateCreationDateTime ?? [])
  return seconds.length === 0 ? 0 : Math.max(0, Date.now() - Math.min(...seconds) * 1_000)
}

/** Returns the teams that did not catch up. Those whose index lags are tried again together, with one pause for all of them. */
async function catchUpAll(
  name: string,
  catchUp: CatchUp,
  changed: readonly Changed[],
): Promise<readonly Changed[]> {
  const failed: Changed[] = []
  let waiting = changed
  for (let round = 0; round < rounds && waiting.length > 0; round++) {
    if (round > 0) await pause(pauseMs)
    const behind: Changed[] = []
    await atOnce(waiting, teamsAtOnce, async (team) => {
      const { teamId, version } = team
      try {
        if (!(await catchUp(teamId, version))) behind.push(team)
      } catch (error) {
        logFailure(name, { teamId, version }, error)
        failed.push(team)
      }
    })
    waiting = behind
  }
  return [...failed, ...waiting]
}
