import { percentile } from '../statistics.ts'
import { makeTeam, makeUsualTeam } from '../teams.ts'
import { type Answers, callNowAndThen, keepAuthorizing, keepWorking } from './callers.ts'
import { type Model, type NewTable, newModel } from './model.ts'

export interface Run {
  readonly newTable: NewTable
  readonly seed: number
  /** Virtual time. */
  readonly seconds: number
}

/** Figures of callers in a closed loop. */
export interface Load {
  readonly allowedPerSecond: number
  /** All failed tries included. */
  readonly writeUnitsPerAllow: number
  readonly readUnitsPerAllow: number
  readonly p50Ms: number
  readonly p90Ms: number
  readonly p99Ms: number
  /** Part of the calls that were answered 503, from 0 to 1. */
  readonly busyShare: number
  /** Answers of 503 without `Retry-After`, and answers other than 200, 201 and 503. */
  readonly wrong: number
}

const hot = 'hot'

/** Many environments authorize for one team. */
export async function runHotTeam({ newTable, seed, seconds }: Run, environments: number): Promise<Load> {
  const model = await newModel(newTable, { name: `hot-${environments}-${seed}`, seed }, (service) =>
    makeUsualTeam(service, hot),
  )
  return load(model, seconds, (answers) =>
    callersOf(model, { environments, seconds, answers }).map((caller) => keepAuthorizing(caller)),
  )
}

/** Many environments authorize for one team and capture what was allowed. */
export async function runPairs({ newTable, seed, seconds }: Run, environments: number): Promise<Load> {
  const model = await newModel(newTable, { name: `pairs-${environments}-${seed}`, seed }, (service) =>
    makeUsualTeam(service, hot),
  )
  return load(model, seconds, (answers) =>
    callersOf(model, { environments, seconds, answers }).map((caller) => keepWorking(caller)),
  )
}

/** Each environment authorizes for a separate team. */
export async function runManyTeams({ newTable, seed, seconds }: Run, teams: number): Promise<Load> {
  const model = await newModel(newTable, { name: `teams-${teams}-${seed}`, seed }, async (service) => {
    for (let index = 0; index < teams; index++) await makeTeam(service, `team-${index}`, [10_000])
  })
  return load(model, seconds, (answers) =>
    callersOf(model, { environments: teams, seconds, answers }).map((caller, index) =>
      keepAuthorizing({ ...caller, teamId: `team-${index}` }),
    ),
  )
}

/** Operations that must succeed while others authorize. */
export interface Among {
  readonly calls: number
  /** Calls that did not succeed. */
  readonly failed: number
  readonly slowestMs: number
}

/** A purchase and a capture every two seconds, while many environments authorize for the same team. */
export async function runAmongMany(
  { newTable, seed, seconds }: Run,
  environments: number,
): Promise<{ readonly purchases: Among; readonly captures: Among }> {
  const model = await newModel(newTable, { name: `among-${environments}-${seed}`, seed }, (service) =>
    makeUsualTeam(service, hot),
  )
  const [purchases, captures]: [Answers, Answers] = [[], []]
  await load(model, seconds, (answers) => {
    const callers = callersOf(model, { environments, seconds, answers })
    const [buyer, worker] = callersOf(model, { environments: 2, seconds, answers: [] })
    if (buyer === undefined || worker === undefined) throw new Error('there are no callers')
    return [
      ...callers.map((caller) => keepAuthorizing(caller)),
      callNowAndThen({ ...buyer, answers: purchases }, 'purchaseTokens', (count) => {
        return { params: { teamId: hot }, body: { purchaseId: `more-${count}`, tokens: 100 } }
      }),
      callNowAndThen({ ...worker, answers: captures }, 'captureAuthorization', (count) => {
        return { params: { authorizationId: `${hot}-earlier-0` }, body: { used: 101 + count, final: false } }
      }),
    ]
  })
  return { purchases: amongOf(purchases), captures: amongOf(captures) }
}

interface Crowd {
  readonly environments: number
  readonly seconds: number
  readonly answers: Answers
}

function callersOf(model: Model, { environments, seconds, answers }: Crowd) {
  return Array.from({ length: environments }, (_, index) => {
    const environment = model.newEnvironment()
    return { model, environment, teamId: hot, name: `caller-${index}`, untilMs: seconds * 1_000, answers }
  })
}

/** Runs callers to their end. */
async function load(
  { time, random, rules }: Model,
  seconds: number,
  start: (answers: Answers) => readonly Promise<void>[],
): Promise<Load> {
  const answers: Answers = []
  await time.run(random, () => Promise.all(start(answers)))
  const allowed = answers.filter(({ body }) => body.decision === 'allow').length
  const isBusy = ({ status }: { readonly status: number }) => status === 503
  const part = (share: number) =>
    percentile(
      answers.map(({ ms }) => ms),
      share,
    )
  return {
    allowedPerSecond: allowed / seconds,
    writeUnitsPerAllow: rules.tally.writeUnits / allowed,
    readUnitsPerAllow: rules.tally.readUnits / allowed,
    p50Ms: part(0.5),
    p90Ms: part(0.9),
    p99Ms: part(0.99),
    busyShare: answers.filter(isBusy).length / answers.length,
    wrong: answers.filter((answer) =>
      isBusy(answer) ? answer.retryAfterSeconds === undefined : answer.status >= 300,
    ).length,
  }
}

function amongOf(answers: Answers): Among {
  return {
    calls: answers.length,
    failed: answers.filter(({ status }) => status >= 300).length,
    slowestMs: Math.max(...answers.map(({ ms }) => ms)),
  }
}
