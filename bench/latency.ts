import type { Account } from '../core/account/account.ts'
import { apply } from '../core/journal/fold.ts'
import { openTable } from '../lambdas/store/sdk-table.ts'
import type { BenchClock } from './clock.ts'
import { type Figure, show } from './figure.ts'
import { withPatience } from './patience.ts'
import { Baseline, type Step } from './raw-pairs.ts'
import { type Ask, Service } from './service.ts'
import { percentile, ratioOf } from './statistics.ts'
import { appOf, makeUsualTeam, workOf } from './teams.ts'

const [store, handlers, raw] = ['timed-a', 'timed-b', 'timed-c'] as const
const warmUpPairs = 300

/** Milliseconds of each pair, in the order of the run. */
interface Samples {
  readonly store: number[]
  readonly handlers: number[]
  readonly raw: number[]
  readonly rawAndRead: number[]
}

/**
 * Times pairs of authorization and final capture in three ways, in turns: through the store (decide and
 * commit), through the handlers, and as the two transactions that the store has just sent, for another team.
 * One client sends all of them.
 */
export async function timePairs(
  tableName: string,
  clock: BenchClock,
  pairs: number,
): Promise<readonly Figure[]> {
  const service = new Service(withPatience(openTable(tableName)), clock)
  await makeUsualTeam(service, store)
  await makeUsualTeam(service, handlers)
  const baseline = new Baseline(service.deps, store, raw)
  await baseline.start()
  const samples: Samples = { store: [], handlers: [], raw: [], rawAndRead: [] }
  let account = await service.deps.operations.load(store)
  if (account === undefined) throw new Error('the team is not there')
  await throughStore(service, 0)
  for (let index = 1; index <= warmUpPairs + pairs; index++) {
    const steps = await stepsSince(service, account)
    account = steps.at(-1)?.account ?? account
    const replay = baseline.prepare(steps)
    const ways = [
      () => timed(samples.store, () => throughStore(service, index)),
      () => throughHandlers(service, index, samples),
      () => throughNothing(baseline, replay, samples),
    ]
    // Each way warms the caches for the next one, so they change places.
    for (let turn = 0; turn < ways.length; turn++) await ways[(index + turn) % ways.length]?.()
    if (index === warmUpPairs) for (const list of Object.values(samples)) list.length = 0
  }
  return toFigures(samples)
}

function askOf(teamId: string, index: number): Ask & { holdSeconds: number } {
  const id = String(index).padStart(6, '0')
  return { authorizationId: `${teamId}-${id}`, appId: appOf(teamId), holdSeconds: 3_600, ...workOf(index) }
}

async function throughStore({ deps }: Service, index: number): Promise<void> {
  const ask = askOf(store, index)
  const app = await deps.apps.find(ask.appId)
  if (app === undefined) throw new Error('the app is not there')
  const allowed = await deps.operations.run(store, { kind: 'authorize', ...ask }, { app })
  if (allowed === 'absent' || 'refused' in allowed) throw new Error('not allowed')
  const { authorization } = allowed.answer.entry
  const { authorizationId, quantity } = authorization
  const command = { kind: 'capture', authorizationId, used: quantity, isFinal: true } as const
  const captured = await deps.operations.run(store, command, { authorization })
  if (captured === 'absent' || 'refused' in captured) throw new Error('not captured')
}

/** The entries that the store wrote after a version of the account, each with the account after it. */
async function stepsSince({ deps }: Service, before: Account): Promise<readonly Step[]> {
  let account = before
  const steps: Step[] = []
  for (const entry of await deps.journal.since(store, before.version, 10)) {
    account = apply(account, entry)
    steps.push({ account, entry })
  }
  return steps
}

async function throughHandlers(service: Service, index: number, samples: Samples): Promise<void> {
  const ask = askOf(handlers, index)
  await timed(samples.handlers, async () => {
    await service.authorize(ask)
    await service.capture(ask.authorizationId, ask.quantity)
  })
}

async function throughNothing(
  baseline: Baseline,
  replay: ReturnType<Baseline['prepare']>,
  samples: Samples,
): Promise<void> {
  const { transactionsMs, totalMs } = await baseline.run(replay)
  samples.raw.push(transactionsMs)
  samples.rawAndRead.push(totalMs)
}

async function timed<T>(samples: number[], work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now()
  const result = await work()
  samples.push(performance.now() - startedAt)
  return result
}

function toFigures(samples: Samples): readonly Figure[] {
  const ms = (list: readonly number[]) =>
    `${show(percentile(list, 0.5))} ms p50, ${show(percentile(list, 0.99))} ms p99`
  const compared = (ours: readonly number[], theirs: readonly number[], share: number) => {
    const { value, low, high } = ratioOf(ours, theirs, share)
    return `${show(value)} (${show(low)} to ${show(high)})`
  }
  return [
    {
      what: 'pair through the store ÷ its two raw transactions, p50',
      value: compared(samples.store, samples.raw, 0.5),
      target: '≤ 1.25',
    },
    { what: '… p99', value: compared(samples.store, samples.raw, 0.99), target: '≤ 2' },
    {
      what: 'pair through the handlers ÷ two raw transactions and a raw read, p50',
      value: compared(samples.handlers, samples.rawAndRead, 0.5),
    },
    { what: '… p99', value: compared(samples.handlers, samples.rawAndRead, 0.99) },
    {
      what: 'pair through the handlers ÷ two raw transactions, p50',
      value: compared(samples.handlers, samples.raw, 0.5),
    },
    { what: 'two raw transactions', value: ms(samples.raw) },
    { what: 'pair through the store', value: ms(samples.store) },
    { what: 'pair through the handlers', value: ms(samples.handlers) },
  ]
}
