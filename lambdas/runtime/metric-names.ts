export type MetricUnit = 'Count' | 'Milliseconds'

/** Dimensions of metrics. Team and app are never among them: every value of a dimension is billed as a separate metric. */
export type MetricDimension = 'Operation' | 'Code' | 'Consumer' | 'Notice'

export interface MetricPlan {
  readonly unit: MetricUnit
  /** The sets of dimensions under which it is stored; the empty set is the total. */
  readonly by: readonly (readonly MetricDimension[])[]
  /** The file that counts it, or `access-log`: counted by CloudWatch from the lines of API Gateway. */
  readonly emittedBy: string
  readonly why: string
}

const total = [[]] as const
const count = (emittedBy: string, why: string) => ({ unit: 'Count', by: total, emittedBy, why }) as const
const span = (emittedBy: string, why: string) =>
  ({ unit: 'Milliseconds', by: total, emittedBy, why }) as const
const counted = 'lambdas/bus/entry-counts.ts'
const delivered = 'lambdas/delivery/deliverer.ts'
const swept = 'lambdas/consumers/sweep.ts'
const started = 'lambdas/workflow/start-workflows.ts'

/**
 * All our metrics: functions, dashboards and alarms take their names from here. Facts of the journal are counted from the
 * stream, many entries in one line, and not by the calls that write them.
 */
export const metricNames = {
  Decisions: {
    unit: 'Count',
    by: [[], ['Code']],
    emittedBy: 'lambdas/api/authorize-usage.ts',
    why: 'authorizations by answer: ALLOWED, or the code of the refusal; none at all means that nobody can work',
  },
  Latency: {
    unit: 'Milliseconds',
    by: [['Operation']],
    emittedBy: 'lambdas/http/observed.ts',
    why: 'how long a call takes inside its function',
  },
  Faults: {
    unit: 'Count',
    by: [[], ['Operation']],
    emittedBy: 'lambdas/http/observed.ts',
    why: 'answers 500: a bug or an outage',
  },
  Busy: {
    unit: 'Count',
    by: [[], ['Operation']],
    emittedBy: 'lambdas/http/observed.ts',
    why: 'answers 503: races lost, or the table away, for longer than a caller can wait',
  },
  RaceRetries: count('lambdas/store/operations.ts', 'decisions made again because another call came first'),
  UsageConflicts: count(
    'lambdas/usage/record-events.ts',
    'usage events rejected because their id was recorded with other content: work that is not counted',
  ),
  StreamLag: {
    unit: 'Milliseconds',
    by: [['Consumer']],
    emittedBy: 'lambdas/runtime/account-consumer.ts',
    why: 'age of the oldest change of a batch when it has been applied',
  },
  ReaderLag: {
    unit: 'Milliseconds',
    by: [['Consumer']],
    emittedBy: 'lambdas/consumers/check-readers.ts',
    why: 'age of the oldest entry that a reader of the journals has not read, each hour, also where the reader does not run',
  },
  EventsPublished: count('lambdas/bus/publisher.ts', 'events that got on the bus'),
  ShortfallUnits: count(counted, 'charged units that nobody could pay'),
  ShortfallSettledUnits: count(counted, 'units of shortfall that were paid later'),
  Overruns: count(counted, 'captures and usage events beyond what was held or free'),
  LateUses: count(counted, 'captures after their hold, and usage events of a closed month'),
  TokensSpent: count(counted, 'Flex tokens that paid for units'),
  TokensGranted: count(counted, 'Flex tokens of new lots'),
  TokensExpired: count(counted, 'Flex tokens that nobody used in time'),
  PayAsYouGoUsdCents: count(counted, 'US cents put on bills'),
  Purchases: count(counted, 'orders of Flex tokens'),
  InvoicesIssued: count(counted, 'periods closed with something to pay'),
  PaymentsSettled: count(counted, 'payments that arrived'),
  PaymentsFailed: count(counted, 'payments that were declined'),
  Refunds: count(counted, 'payments that were given back'),
  ChargeBacks: count(counted, 'payments that the bank of the payer took back'),
  RecoverySteps: count(counted, 'warnings, retries and stops of unpaid bills'),
  TeamsSuspended: count(counted, 'suspensions by operators'),
  AppsMigrated: count(counted, 'apps moved into their hub'),
  CampaignNotices: {
    unit: 'Count',
    by: [['Notice']],
    emittedBy: counted,
    why: 'teams notified of the campaign, by notice: announced, reminded, stopped',
  },
  CampaignStepsFinished: count('lambdas/workflow/finish-step.ts', 'dates of a campaign that are done with'),
  TeamsWithoutPlan: count(started, 'teams without a plan, once a day while a campaign runs'),
  AppsNotInHub: count(started, 'apps outside their hub, once a day while a campaign runs'),
  RecoveriesOpen: count(started, 'unpaid bills in recovery, each hour'),
  CampaignStepsStuck: count(
    started,
    'steps of campaigns that fell due hours ago and are not done, each hour',
  ),
  RecoveriesStuck: count(started, 'unpaid bills whose next step fell due hours ago'),
  WorkflowsStarted: count(started, 'executions started, each hour'),
  SweepDue: count(swept, 'accounts that a sweep found due'),
  SweepEntries: count(swept, 'entries that a sweep made: what time alone had changed'),
  SweepShardsLeft: count(swept, 'shards that a sweep did not finish in its time'),
  SweepOldestDueAge: span(swept, 'how long the longest-due account had been due'),
  DeliveriesOldestDueAge: span(
    'lambdas/consumers/deliver-due.ts',
    'how late the latest retry of a delivery is',
  ),
  WebhooksDelivered: count(delivered, 'webhook messages that were taken'),
  WebhookFailures: count(delivered, 'tries that a webhook did not take'),
  WebhookGiveUps: count(delivered, 'webhook messages given up after the last try'),
  MailsSent: count(delivered, 'mails that the mail service took'),
  MailFailures: count(delivered, 'tries that the mail service did not take'),
  Unauthorized: count('access-log', 'answers 401: no token, or one that is not ours'),
  Throttled: count('access-log', 'answers 429: more calls than the stage or the account lets through'),
} as const satisfies Readonly<Record<string, MetricPlan>>

export type MetricName = keyof typeof metricNames

/** The metrics of two stages never mix. */
export const metricNamespace = (stage: string): string => `Tollgate/${stage}`
