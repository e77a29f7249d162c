import { authorize } from '../core/commands/authorize.ts'
import { capture } from '../core/commands/capture.ts'
import type { Authorization, EntryOf } from '../core/journal/entry.ts'
import type { BenchClock } from './clock.ts'
import { type Figure, show } from './figure.ts'
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
 * Times pairs of authorization and final capture, in three ways in turns: through the store (decide and commit), through
 * the handlers, and as the very two transactions that the store has just sent, under another team's name. One client.
 */
export async function timePairs(
  tableName: string,
  clock: BenchClock,
  pairs: number,
): Promise<readonly Figure[]> {
  const service = new Service(tableName, clock)
  await makeUsualTeam(service, store)
  await makeUsualTeam(service, handlers)
  const baseline = new Baseline(service.deps, store, raw)
  await baseline.start()
  const samples: Samples = { store: [], handlers: [], raw: [], rawAndRead: [] }
  let steps = await throughStore(service, 0)
  for (let index = 1; index <= warmUpPairs + pairs; index++) {
    const replay = baseline.prepare(steps)
    const ways = [
      async () => {
        steps = await timed(samples.store, () => throughStore(service, index))
      },
      () => throughHandlers(service, index, samples),
      () => throughNothing(baseline, replay, samples),
    ]
    // Whoever comes later finds the caches as the others left them, so they change places.
    for (let turn = 0; turn < ways.length; turn++) await ways[(index + turn) % ways.length]?.()
    if (index === warmUpPairs) for (const list of Object.values(samples)) list.length = 0
  }
  return toFigures(samples)
}

function askOf(teamId: string, index: number): Ask & { holdSeconds: number } {
  const id = String(index).padStart(6, '0')
  return { authorizationId: `${teamId}-${id}`, appId: appOf(teamId), holdSeconds: 3_600, ...workOf(index) }
}

async function throughStore({ deps }: Service, index: number): Promise<readonly Step[]> {
  const ask = askOf(store, index)
  const app = await deps.apps.find(ask.appId)
  const catalog = await deps.catalog.get()
  if (app === undefined) throw new Error('the app is not there')
  const allowed = await deps.operations.run<Step & { entry: EntryOf<'authorization'> }>(
    store,
    catalog,
    (account, now) => {
      const decided = authorize(account, { kind: 'authorize', ...ask }, { now, catalog, app })
      return 'refused' in decided
        ? decided
        : { ...decided, answer: { account: decided.account, entry: decided.answer } }
    },
  )
  if (typeof allowed === 'string' || 'refused' in allowed) throw new Error('not allowed')
  return [allowed.answer, await captureInStore(deps, allowed.answer.entry.authorization)]
}

async function captureInStore(deps: Service['deps'], authorization: Authorization): Promise<Step> {
  const catalog = await deps.catalog.get()
  const command = { used: authorization.quantity, isFinal: true }
  const captured = await deps.operations.run<Step>(store, catalog, (account, now) => {
    const { account: next, entry } = capture(account, authorization, command, now, catalog)
    if (entry === undefined) throw new Error('a first capture changes something')
    return { account: next, entries: [entry], answer: { account: next, entry } }
  })
  if (typeof captured === 'string' || 'refused' in captured) throw new Error('not captured')
  return captured.answer
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
