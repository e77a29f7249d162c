import { LambdaClient } from '@aws-sdk/client-lambda'
import { SQSClient } from '@aws-sdk/client-sqs'
import { stopwatch } from '../runtime/clock.ts'
import type { Table } from '../store/table.ts'
import { findTeamsBehind } from '../store/teams-behind.ts'
import { DeadLetterQueue } from './queue.ts'
import { type Redrive, redriver } from './redrive.ts'

/** The longest wait for the work of one letter. The console waits 15 seconds for an answer. */
const waitMs = 8_000
/** Time for the search of teams that are behind, and the most that are followed for one letter. */
const searchMs = 4_000
const teamsMax = 1_000

export interface DeadLetterTools {
  /** The stage's queues by name. */
  readonly queues: ReadonlyMap<string, DeadLetterQueue>
  /** Repeats the work of a letter. Throws when it fails again. */
  readonly redrive: (redrive: Redrive) => Promise<void>
}

/** Opens the queues of a stage. The SDK finds endpoints, Region and credentials. */
export function openDeadLetterTools(table: Table, urls: ReadonlyMap<string, string>): DeadLetterTools {
  // On one machine a queue's URL is only a name.
  const client = new SQSClient({ useQueueUrlAsEndpoint: false, maxAttempts: 3 })
  // A repeated call would do the work twice.
  const functions = new LambdaClient({ maxAttempts: 1 })
  const behind = () => {
    const elapsed = stopwatch()
    return findTeamsBehind(table, { teamsMax, isLate: () => elapsed() > searchMs })
  }
  return {
    queues: new Map([...urls].map(([name, url]) => [name, new DeadLetterQueue(client, url)])),
    redrive: redriver({ functions, behind, waitMs }),
  }
}
