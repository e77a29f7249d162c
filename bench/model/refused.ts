import type { TollgateClient } from '../../client/client.ts'
import { appOf, makeTeam } from '../teams.ts'
import { newLeaseClient } from './lease-clients.ts'
import { leasedMeter } from './leases.ts'
import { type Model, newModel } from './model.ts'
import type { Run } from './scenarios.ts'
import type { Units } from './tally.ts'

/** One process that calls for a team without tokens. */
export interface RefusedRun extends Omit<Run, 'seconds'> {
  readonly calls: number
  readonly callsPerSecond: number
}

export interface RefusedLoad {
  readonly denied: number
  readonly others: number
  readonly requests: number
  readonly units: Units
  /** Milliseconds from the answer to a purchase until a call was allowed. */
  readonly seenMs: number
}

const spent = 'spent'
const turnMs = 10
const work = { meter: 'automation-autocad', quantity: 100 * 720 }
/** A purchase that no call has seen after this time is not seen at all. */
const patienceMs = 60_000

/** Calls of a team that has used up its tokens are refused. Then it buys more, and calls until one is allowed. */
export async function runRefused(run: RefusedRun): Promise<RefusedLoad> {
  const name = `refused-${run.calls}-${run.seed}`
  const model = await newModel(run.newTable, { name, seed: run.seed }, async (service) => {
    await makeTeam(service, spent, [100])
    await service.authorize({ authorizationId: 'spent-all', appId: appOf(spent), ...work })
    await service.capture('spent-all', work.quantity)
  })
  const counts = { denied: 0, others: 0, requests: 0 }
  const onRequest = () => {
    counts.requests += 1
  }
  return model.time.run(model.random, async () => {
    const client = newLeaseClient(model, { name: 'refused', holders: 1, onRequest })
    const { writeUnits, readUnits } = model.rules.tally
    await flood(model, client, { run, counts })
    const { tally } = model.rules
    const units = { writeUnits: tally.writeUnits - writeUnits, readUnits: tally.readUnits - readUnits }
    const flooded = { ...counts, units }
    const seenMs = await buy(model, client)
    await client.close()
    return { ...flooded, seenMs }
  })
}

interface Flood {
  readonly run: RefusedRun
  readonly counts: { denied: number; others: number }
}

async function flood({ time }: Model, client: TollgateClient, { run, counts }: Flood): Promise<void> {
  const perTurn = (run.callsPerSecond * turnMs) / 1_000
  for (let made = 0; made < run.calls; made += perTurn) {
    const answers = Array.from({ length: perTurn }, () => client.allow(appOf(spent), leasedMeter))
    for (const answer of answers)
      void answer.then(({ decision }) => {
        if (decision === 'deny') counts.denied += 1
        else counts.others += 1
      })
    await time.sleep(turnMs)
  }
  // Calls that asked again wait for their answer.
  while (counts.denied + counts.others < run.calls) await time.sleep(turnMs)
}

/** Calls in every turn, and buys more within the next second. Returns how long it takes until a call is allowed. */
async function buy(model: Model, client: TollgateClient): Promise<number> {
  const { time, random } = model
  let [boughtAt, allowedAt] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  const buying = time.sleep(random() * 1_000).then(async () => {
    const body = { purchaseId: 'more', tokens: 100 }
    const answer = await model.newEnvironment().call('purchaseTokens', { teamId: spent }, body)
    if (answer.status !== 201) throw new Error(`purchaseTokens: ${answer.status}`)
    boughtAt = time.now()
  })
  const endsAt = time.now() + patienceMs
  while (allowedAt > endsAt && time.now() < endsAt) {
    void client.allow(appOf(spent), leasedMeter).then(({ decision }) => {
      if (decision === 'allow') allowedAt = Math.min(allowedAt, time.now())
    })
    await time.sleep(turnMs)
  }
  await buying
  // The tokens are there before the answer to the purchase.
  return Math.max(0, allowedAt - boughtAt)
}
