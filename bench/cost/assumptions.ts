import * as v from 'valibot'

export interface Assumption {
  readonly what: string
  /** The estimate that the bill uses, and its bounds. Any month should be within them. */
  readonly likely: number
  readonly from: number
  readonly to: number
  readonly why: string
}

const assumption = (what: string, from: number, likely: number, to: number, why: string): Assumption => ({
  what,
  likely,
  from,
  to,
  why,
})

/** Inputs of the bill that one machine cannot count and that the fleet's description does not state. */
export const assumptions = {
  tracedShare: assumption(
    'share of invocations that X-Ray traces',
    0.05,
    0.5,
    1,
    'Lambda traces the first call of each second and 5 % of the others: nearly all of a quiet function. 0: tracing is off',
  ),
  entriesPerCatchUp: assumption(
    "one team's authorizations and captures that a consumer of the stream finds at once",
    1,
    2,
    10,
    'the stream waits for a second: more come together only for busy teams',
  ),
  entriesPerArchiving: assumption(
    "one team's authorizations and captures that a run of the archive finds",
    2,
    10,
    50,
    'a run each 5 minutes; a quiet team has one pair at most',
  ),
  dimensionedMetrics: assumption(
    'metrics by call, answer, consumer and notice',
    12,
    40,
    100,
    'one for each call and answer that occurs; a metric is paid by the hour in which it has data',
  ),
  machineTokens: assumption(
    'access tokens that services and operators fetch',
    300,
    1_500,
    10_000,
    '20 processes that keep a token for its 12 hours make 1,200; one per process start can be many more',
  ),
  backgroundMs: assumption(
    'milliseconds of a consumer, a delivery or a swept team',
    15,
    50,
    200,
    'several requests to the table one after another; a webhook may take five seconds',
  ),
  writingMs: assumption(
    'milliseconds of a call that writes, start of its function included',
    12,
    25,
    80,
    'a transaction is published with 15.7 ms; one start of 400 ms in a hundred calls adds 4',
  ),
  readingMs: assumption('milliseconds of a call that reads', 5, 10, 40, 'one or two reads of 3.5 ms'),
  pageWorkingShare: assumption(
    'share of the hours of an open page in which somebody works on it',
    0.05,
    0.2,
    0.5,
    'a tab of a console stays open behind others for most of a working day',
  ),
  pageHiddenShare: assumption(
    'share of the hours of an open page in which it is hidden',
    0.3,
    0.6,
    0.9,
    'the rest is visible and untouched, on a second screen',
  ),
  readingsPerWorkingHour: assumption(
    'times in an hour that a page somebody works on reads its answers again, or another page is opened',
    10,
    60,
    720,
    'one a minute; a team whose work never stops changes its balance with each of the 720 polls',
  ),
  answersPerReading: assumption(
    'answers that a page shows besides the balance',
    1,
    3,
    6,
    'counted on the overview: team, onboarding and the usage of the month',
  ),
  callsPerMetricLine: assumption(
    'calls that share a line of metrics',
    1,
    1,
    20,
    'an instance holds its counts for a second: only a busy one has company',
  ),
  accessLogBytes: assumption(
    "bytes of API Gateway's line of a call",
    130,
    142,
    190,
    'counted from its format with long values; IPv6 addresses and long routes take more',
  ),
  sampledLineBytes: assumption(
    'bytes of a sampled log line, one success in a hundred',
    300,
    402,
    1_000,
    'counted for an authorization',
  ),
} as const satisfies Readonly<Record<string, Assumption>>

export type AssumptionName = keyof typeof assumptions
export type Assumed = Readonly<Record<AssumptionName, number>>

export const assumptionNames = Object.keys(assumptions) as AssumptionName[]

/** The estimates of a bill, unless the fleet states others. */
export const likely = Object.fromEntries(
  assumptionNames.map((name) => [name, assumptions[name].likely]),
) as Assumed

/** Fields of a fleet file that replace estimates. */
export const Assumed = v.pipe(
  v.record(v.picklist(assumptionNames), v.pipe(v.number(), v.minValue(0))),
  v.transform((given): Assumed => ({ ...likely, ...given })),
)
