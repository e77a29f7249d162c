import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Books, readBooks } from './books.ts'
import { CallerProcess, type CallerResult } from './caller-process.ts'
import { Server } from './server.ts'
import { appId, callsPerToken, meter, Team } from './team.ts'

export interface LoadOptions {
  readonly callers: number
  /** The least that the run takes. It goes on until backing has run out twice and both kills are done. */
  readonly seconds: number
  /** Of all callers together. */
  readonly callsPerSecond: number
  readonly progress: (line: string) => void
}

export interface LoadResult {
  readonly callers: readonly CallerResult[]
  readonly books: Books
  /** Admitted calls by the callers' own logs. */
  readonly logs: number
  readonly seconds: number
  /** For each purchase, the milliseconds from its answer until each caller was allowed again. */
  readonly purchases: readonly (readonly number[])[]
}

const exhaustions = 2
/** Instants of the kills, as shares of the run. */
const killsAt = [0.2, 0.55] as const
/** Part of the run that the tokens of each of the first purchases last. */
const lotShare = 0.3
const lotSecondsMin = 3
const lastKept = 100
/** The time during which calls are refused before the team buys. */
const refusedMs = 1_500
const pollMs = 20
/** A run that takes this many times its length is stuck. */
const patience = 20

/** Runs callers against a real server in another process, with two exhaustions, two purchases and two kills. */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-load-'))
  const server = await Server.start(join(folder, 'data'))
  let callers: readonly CallerProcess[] = []
  try {
    const team = new Team(server)
    await team.register()
    const kept = keptTokens(options)
    await team.buy(kept)
    callers = await newCallers(server, folder, options)
    const startedAt = performance.now()
    for (const caller of callers) caller.start()
    const run = { options, callers, team, kept, startedAt }
    const [purchases] = await Promise.all([buyTwice(run), killTwice(run), lastFor(run)])
    const seconds = (performance.now() - startedAt) / 1_000
    options.progress('stopping')
    await Promise.all(callers.map((caller) => caller.stop()))
    const results = callers.map(({ result }) => result)
    const logs = results.reduce((sum, { admitted }) => sum + admitted, 0)
    return { callers: results, books: await readBooks(join(folder, 'data'), team), logs, seconds, purchases }
  } finally {
    for (const caller of callers) caller.abandon()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Run {
  readonly options: LoadOptions
  readonly callers: readonly CallerProcess[]
  readonly team: Team
  readonly kept: number
  readonly startedAt: number
}

/** Tokens that last for a part of the run, but long enough for all callers to see them. */
function keptTokens({ callsPerSecond, seconds }: LoadOptions): number {
  return Math.ceil((callsPerSecond * Math.max(lotSecondsMin, seconds * lotShare)) / callsPerToken)
}

async function newCallers(server: Server, folder: string, options: LoadOptions) {
  const token = await server.token(['aps:meter'])
  return Array.from({ length: options.callers }, (_, index) => {
    const name = `caller-${index + 1}`
    const callsPerSecond = options.callsPerSecond / options.callers
    const use = { appId, meter, callsPerSecond, holders: options.callers }
    return new CallerProcess(name, { baseUrl: server.url, token, folder: join(folder, name), ...use })
  })
}

/** Waits until all callers are refused, twice, and buys more each time. Returns how late each caller saw each purchase. */
async function buyTwice({ options, callers, team, kept, startedAt }: Run): Promise<number[][]> {
  const purchases: number[][] = []
  for (let count = 1; count <= exhaustions; count++) {
    await until({ options, callers, startedAt }, () => callers.every(({ isRefused }) => isRefused === true))
    options.progress(`backing has run out after ${secondsSince(startedAt)} s`)
    await sleep(refusedMs)
    const askedAt = Date.now()
    const boughtAt = await team.buy(count === exhaustions ? lastKept : kept)
    // The first callers may have used all of it up before the last one has seen it.
    const hasSeen = (caller: CallerProcess) => caller.isRefused === false || caller.allowedAt >= askedAt
    await until({ options, callers, startedAt }, () => callers.every(hasSeen))
    // A caller may see the purchase before its answer.
    purchases.push(callers.map(({ allowedAt }) => Math.max(0, allowedAt - boughtAt)))
    options.progress(`bought more after ${secondsSince(startedAt)} s`)
  }
  return purchases
}

/** Kills the first two callers, one after the other, and starts each again at once. */
async function killTwice(run: Run): Promise<void> {
  const { options, callers, startedAt } = run
  for (const [index, share] of killsAt.entries()) {
    const caller = callers[index]
    if (caller === undefined) throw new Error('there are not enough callers')
    const at = startedAt + share * options.seconds * 1_000
    await until(run, () => performance.now() >= at && caller.isRefused === false)
    await caller.kill()
    options.progress(`killed ${caller.name} after ${secondsSince(startedAt)} s`)
    caller.start()
  }
}

async function lastFor(run: Run): Promise<void> {
  await until(run, () => performance.now() >= run.startedAt + run.options.seconds * 1_000)
}

/** Waits for a state. Throws when a caller has ended or the run is stuck. */
async function until(
  { options, callers, startedAt }: Pick<Run, 'options' | 'callers' | 'startedAt'>,
  isReached: () => boolean,
): Promise<void> {
  const endsAt = startedAt + options.seconds * 1_000 * patience
  while (!isReached()) {
    for (const caller of callers) caller.check()
    if (performance.now() > endsAt)
      throw new Error(`the run is stuck: ${callers.map(({ state }) => state).join(', ')}`)
    await sleep(pollMs)
  }
}

const secondsSince = (startedAt: number): string => ((performance.now() - startedAt) / 1_000).toFixed(1)
