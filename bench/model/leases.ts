import type { TollgateClient } from '../../client/client.ts'
import { appOf, makeUsualTeam } from '../teams.ts'
import { newLeaseClient } from './lease-clients.ts'
import { type Model, newModel } from './model.ts'
import type { Run } from './scenarios.ts'
import { StreamFollower } from './stream-follower.ts'
import type { Units } from './tally.ts'
import type { VirtualTime } from './virtual-time.ts'

/** Processes with the client library that call for one team. */
export interface LeaseRun extends Omit<Run, 'seconds'> {
  readonly holders: number
  /** Calls of all processes together, and the number of them in a second. */
  readonly calls: number
  readonly callsPerSecond: number
  /** The processes start, and so end, within this time. */
  readonly startsWithinSeconds: number
}

export interface LeaseLoad {
  readonly allowed: number
  /** Calls that were denied or not answered in time. */
  readonly others: number
  /** Settlements, and what they cost: all failed tries included. */
  readonly requests: number
  readonly settlements: Units
  /** Cost of the usage view and of the publisher of events, which follow the team once a second. */
  readonly followers: Units
  readonly entries: number
  /** Use in the journal. */
  readonly used: number
  /** Bytes of the entries in the table and in the archive. */
  readonly storedBytes: number
  readonly archivedBytes: number
}

const hot = 'leased'
export const leasedMeter = 'model-derivative-basic'
const turnMs = 50
const repeatsWithinMs = 120_000
/** Calls whose answers are awaited at the end; earlier ones have been answered long before. */
const waitingMax = 10_000

interface Counts {
  allowed: number
  others: number
  requests: number
}

/** Processes share the calls of one hot team evenly, and return their leases at the end. */
export async function runLeases(run: LeaseRun): Promise<LeaseLoad> {
  const { holders, startsWithinSeconds, seed } = run
  const name = `leases-${holders}-${startsWithinSeconds}-${seed}`
  const model = await newModel(run.newTable, { name, seed }, (service) => makeUsualTeam(service, hot))
  const counts: Counts = { allowed: 0, others: 0, requests: 0 }
  return model.time.run(model.random, async () => {
    const follower = new StreamFollower(model, hot)
    await follower.catchUp()
    const before = { ...model.rules.tally }
    const followers = await follower.followDuring(() => callEvenly(model, run, counts))
    const { writeUnits, readUnits } = model.rules.tally
    const settlements = {
      writeUnits: writeUnits - before.writeUnits - followers.writeUnits,
      readUnits: readUnits - before.readUnits - followers.readUnits,
    }
    return { ...counts, settlements, followers, ...follower.followed }
  })
}

/** Each process starts at its own instant, makes its calls and returns its leases. */
async function callEvenly(model: Model, run: LeaseRun, counts: Counts): Promise<void> {
  const { time, random } = model
  const onRequest = () => {
    counts.requests += 1
  }
  const processes = Array.from({ length: run.holders }, async (_, index) => {
    await time.sleep(random() * run.startsWithinSeconds * 1_000)
    const client = newLeaseClient(model, { name: `holder-${index}`, holders: run.holders, onRequest })
    await callSteadily(time, client, { run, counts })
    await client.close()
  })
  await Promise.all(processes)
  // A report that met others is repeated until it has an answer, even after `close` has given up waiting.
  await time.sleep(repeatsWithinMs)
}

async function callSteadily(
  time: VirtualTime,
  client: TollgateClient,
  { run, counts }: { readonly run: LeaseRun; readonly counts: Counts },
): Promise<void> {
  const startedAt = time.now()
  const calls = run.calls / run.holders
  const perMs = run.callsPerSecond / run.holders / 1_000
  const waiting: Promise<void>[] = []
  for (let made = 0; made < calls; await time.sleep(turnMs)) {
    const due = Math.min(calls, Math.floor((time.now() + turnMs - startedAt) * perMs))
    for (; made < due; made++)
      waiting[made % waitingMax] = client.allow(appOf(hot), leasedMeter).then(({ decision }) => {
        if (decision === 'allow') counts.allowed += 1
        else counts.others += 1
      })
  }
  await Promise.all(waiting)
}
