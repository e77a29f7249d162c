export type MetricUnit = 'Count' | 'Milliseconds'

/** Dimensions of metrics. Team and app are never among them: every value of a dimension is billed as a separate metric. */
export type MetricDimension = 'Operation' | 'Code' | 'Consumer' | 'Notice'

export interface MetricPlan {
  readonly unit: MetricUnit
  /** The sets of dimensions under which it is stored; the empty set is the total. */
  readonly by: readonly (readonly MetricDimension[])[]
}

const count = { unit: 'Count', by: [[]] } as const
const span = { unit: 'Milliseconds', by: [[]] } as const

/**
 * All our metrics: functions, dashboards and alarms take their names from here. Facts of the journal are counted from the
 * stream, many entries in one line, and not by the calls that write them.
 */
export const metricNames = {
  /** Authorizations by answer: ALLOWED, or the code of the refusal; none at all means that nobody can work. */
  Decisions: {
    unit: 'Count',
    by: [[], ['Code']],
  },
  /** Time that a call takes inside its function. */
  Latency: {
    unit: 'Milliseconds',
    by: [['Operation']],
  },
  /** Number of answers 500: a bug or an outage. */
  Faults: {
    unit: 'Count',
    by: [[], ['Operation']],
  },
  /** Number of answers 503: races lost, or the table away, for longer than a caller can wait. */
  Busy: {
    unit: 'Count',
    by: [[], ['Operation']],
  },
  /** Decisions made again because another call came first. */
  RaceRetries: count,
  /** Usage events rejected because their id was recorded with other content: work that is not counted. */
  UsageConflicts: count,
  /** Age of the oldest change of a batch when it has been applied. */
  StreamLag: {
    unit: 'Milliseconds',
    by: [['Consumer']],
  },
  /** Age of the oldest entry that a reader of the journals has not read, each hour, also where the reader does not run. */
  ReaderLag: {
    unit: 'Milliseconds',
    by: [['Consumer']],
  },
  /** Events that got on the bus. */
  EventsPublished: count,
  /** Charged units that nobody could pay. */
  ShortfallUnits: count,
  /** Units of shortfall that were paid later. */
  ShortfallSettledUnits: count,
  /** Captures and usage events beyond what was held or free. */
  Overruns: count,
  /** Captures of which nobody pays a part, because their authorization has a cap. */
  WaivedUses: count,
  /** Captures after their hold, and usage events of a closed month. */
  LateUses: count,
  /** Flex tokens that paid for units. */
  TokensSpent: count,
  /** Flex tokens of new lots. */
  TokensGranted: count,
  /** Flex tokens that nobody used in time. */
  TokensExpired: count,
  /** US cents put on bills. */
  PayAsYouGoUsdCents: count,
  /** Orders of Flex tokens. */
  Purchases: count,
  /** Periods closed with something to pay. */
  InvoicesIssued: count,
  /** Payments that arrived. */
  PaymentsSettled: count,
  /** Payments that were declined. */
  PaymentsFailed: count,
  /** Payments that were given back. */
  Refunds: count,
  /** Payments that the bank of the payer took back. */
  ChargeBacks: count,
  /** Warnings, retries and stops of unpaid bills. */
  RecoverySteps: count,
  /** Suspensions by operators. */
  TeamsSuspended: count,
  /** Apps moved into their hub. */
  AppsMigrated: count,
  /** Teams notified of the campaign, by notice: announced, reminded, stopped. */
  CampaignNotices: {
    unit: 'Count',
    by: [['Notice']],
  },
  /** Dates of a campaign that are done with. */
  CampaignStepsFinished: count,
  /** Teams without a plan, once a day while a campaign runs. */
  TeamsWithoutPlan: count,
  /** Apps outside their hub, once a day while a campaign runs. */
  AppsNotInHub: count,
  /** Unpaid bills in recovery, each hour. */
  RecoveriesOpen: count,
  /** Steps of campaigns that fell due hours ago and are not done, each hour. */
  CampaignStepsStuck: count,
  /** Unpaid bills whose next step fell due hours ago. */
  RecoveriesStuck: count,
  /** Executions started, each hour. */
  WorkflowsStarted: count,
  /** Accounts that a sweep found due. */
  SweepDue: count,
  /** Entries that a sweep made: what time alone had changed. */
  SweepEntries: count,
  /** Shards that a sweep did not finish in its time. */
  SweepShardsLeft: count,
  /** Time for which the longest-due account had been due. */
  SweepOldestDueAge: span,
  /** Delay of the latest retry of a delivery. */
  DeliveriesOldestDueAge: span,
  /** Webhook messages that were taken. */
  WebhooksDelivered: count,
  /** Tries that a webhook did not take. */
  WebhookFailures: count,
  /** Webhook messages given up after the last try. */
  WebhookGiveUps: count,
  /** Mails that the mail service took. */
  MailsSent: count,
  /** Tries that the mail service did not take. */
  MailFailures: count,
  /** Number of answers 401: no token, or one that is not ours. */
  Unauthorized: count,
  /** Number of answers 429: more calls than the stage or the account lets through. */
  Throttled: count,
} as const satisfies Readonly<Record<string, MetricPlan>>

/** Counted by CloudWatch from the lines of API Gateway's access log. Code counts all others. */
export const accessLogMetrics: readonly string[] = ['Unauthorized', 'Throttled']

export type MetricName = keyof typeof metricNames

/** The metrics of two stages never mix. */
export const metricNamespace = (stage: string): string => `Tollgate/${stage}`
