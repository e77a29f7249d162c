import type { FunctionName } from '../contract/route.ts'
import { dueIndex, journalIndex, openIndex } from '../lambdas/store/keys.ts'

/** A step of a state machine, or a function that starts state machines. */
export const workflowFunctions = [
  'plan-campaign',
  'tell-teams',
  'finish-step',
  'recover-payment',
  'start-workflows',
] as const
export type WorkflowFunction = (typeof workflowFunctions)[number]

/** Functions that publish events, deliver them, and receive answers to them. */
export const eventFunctions = ['publish-events', 'on-payment-result', 'deliver-event', 'deliver-due'] as const
export type EventFunction = (typeof eventFunctions)[number]

/** Functions that archive the journal. */
export const archiveFunctions = ['archive-entries'] as const
export type ArchiveFunction = (typeof archiveFunctions)[number]

/** Functions that Cognito calls at a sign-in. */
export const identityFunctions = ['add-person'] as const
export type IdentityFunction = (typeof identityFunctions)[number]

/** A function of the API, of a workflow or of the bus, or a consumer of the table's stream or of a schedule. */
export type DeployedFunction =
  | FunctionName
  | WorkflowFunction
  | EventFunction
  | ArchiveFunction
  | IdentityFunction
  | 'on-account-changed'
  | 'sweep'
  | 'check-readers'

/** Functions that services call before and after their work. They serve the table without the SDK (ADR 021). */
export const meterFunctions = [
  'authorize-usage',
  'capture-authorization',
  'void-authorization',
  'record-usage',
  'settle-usage',
] as const satisfies readonly FunctionName[]

export interface FunctionPlan {
  /** Source file, relative to the project's root. */
  readonly entry: string
  readonly memoryMegabytes: number
  readonly timeoutSeconds: number
  /** Its permissions on the table itself. */
  readonly tableActions: readonly TableAction[]
  /** The indexes that it may query. */
  readonly indexes: readonly IndexName[]
}

export type IndexName = typeof journalIndex | typeof dueIndex | typeof openIndex

export type TableAction = 'GetItem' | 'BatchGetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'DeleteItem'

// TransactWriteItems needs the permissions for the actions of its items.
const decide: readonly TableAction[] = ['GetItem', 'Query', 'PutItem']

const meterCall = { memoryMegabytes: 512, timeoutSeconds: 10, tableActions: decide, indexes: [] }
const teamCall = {
  memoryMegabytes: 512,
  timeoutSeconds: 15,
  // Only members are ever deleted by a call, because people must be forgotten.
  tableActions: [...decide, 'UpdateItem', 'DeleteItem'],
} as const

/** Lambda gives memory and processor together: a whole processor at this memory. */
export const processorMegabytes = 1_769
/** Work on many teams at once waits for its processor, not for the table: 0.58 of a processor. */
const consumerMegabytes = 1_024

const workflowStep = { memoryMegabytes: 512, timeoutSeconds: 60, tableActions: decide, indexes: [] }
const askCampaign: { readonly tableActions: readonly TableAction[] } = { tableActions: ['Query', 'PutItem'] }

/** Shards that one call of the sweep takes. As many schedules as there are such parts call it at once. */
export const shardsPerSweep = 4
/** Minutes between two runs of the sweep. */
export const sweepEveryMinutes = 5
/** Batches of one shard of the stream that are worked on at once. The changes of one account stay in order. */
export const streamBatchesAtOnce = 8

/** Every function, with its source and permissions. Change either only here. */
export const functions: Readonly<Record<DeployedFunction, FunctionPlan>> = {
  'authorize-usage': { ...meterCall, entry: 'lambdas/api/authorize-usage.ts' },
  'capture-authorization': { ...meterCall, entry: 'lambdas/api/authorization.ts' },
  'void-authorization': { ...meterCall, entry: 'lambdas/api/void-authorization.ts' },
  'settle-usage': {
    ...meterCall,
    entry: 'lambdas/api/settle-usage.ts',
    tableActions: [...decide, 'BatchGetItem'],
  },
  // A batch is up to 1,000 events, in transactions of up to 99.
  'record-usage': {
    ...meterCall,
    entry: 'lambdas/api/record-usage.ts',
    memoryMegabytes: processorMegabytes,
    timeoutSeconds: 29,
    tableActions: [...decide, 'BatchGetItem'],
  },
  hub: { ...teamCall, entry: 'lambdas/api/hub.ts', indexes: [journalIndex] },
  ops: {
    ...teamCall,
    entry: 'lambdas/api/ops.ts',
    tableActions: [...teamCall.tableActions, 'BatchGetItem'],
    indexes: [openIndex],
  },
  // A page of lags examines 1,000 teams, which are 4,000 items.
  health: {
    entry: 'lambdas/api/health.ts',
    memoryMegabytes: consumerMegabytes,
    timeoutSeconds: 29,
    tableActions: ['BatchGetItem', 'Query'],
    indexes: [journalIndex, dueIndex, openIndex],
  },
  // The protocol's package takes a fifth of a second of a whole processor to load.
  mcp: {
    ...teamCall,
    entry: 'lambdas/api/mcp.ts',
    memoryMegabytes: consumerMegabytes,
    tableActions: decide,
    indexes: [],
  },
  // Text in, text out: it may touch nothing.
  'classify-request': {
    entry: 'lambdas/api/classify-request.ts',
    memoryMegabytes: 256,
    timeoutSeconds: 5,
    tableActions: [],
    indexes: [],
  },
  'get-openapi': {
    entry: 'lambdas/api/get-openapi.ts',
    memoryMegabytes: 256,
    timeoutSeconds: 5,
    tableActions: [],
    indexes: [],
  },
  'on-account-changed': {
    entry: 'lambdas/consumers/on-account-changed.ts',
    memoryMegabytes: consumerMegabytes,
    timeoutSeconds: 60,
    // It writes an entry where a figure has crossed a threshold that a team has set, and moves teams between lists.
    tableActions: [...decide, 'UpdateItem', 'DeleteItem'],
    indexes: [journalIndex],
  },
  // A run starts no new team in its last minute.
  sweep: {
    entry: 'lambdas/consumers/sweep.ts',
    memoryMegabytes: consumerMegabytes,
    timeoutSeconds: 300,
    tableActions: [...decide, 'UpdateItem'],
    indexes: [dueIndex],
  },
  // A run reads 960 items and 60 entries at most.
  'check-readers': {
    entry: 'lambdas/consumers/check-readers.ts',
    memoryMegabytes: 512,
    timeoutSeconds: 60,
    tableActions: ['BatchGetItem'],
    indexes: [journalIndex, dueIndex, openIndex],
  },
  // A call waits while the bus does not accept all events at once.
  'publish-events': {
    entry: 'lambdas/consumers/publish-events.ts',
    memoryMegabytes: consumerMegabytes,
    timeoutSeconds: 120,
    tableActions: ['GetItem', 'PutItem', 'Query'],
    indexes: [journalIndex],
  },
  // A webhook has five seconds to answer, and a team has at most five webhooks.
  'deliver-event': {
    entry: 'lambdas/consumers/deliver-event.ts',
    memoryMegabytes: 512,
    timeoutSeconds: 30,
    tableActions: ['GetItem', 'PutItem', 'UpdateItem'],
    indexes: [],
  },
  'deliver-due': {
    entry: 'lambdas/consumers/deliver-due.ts',
    memoryMegabytes: 512,
    timeoutSeconds: 90,
    tableActions: ['GetItem', 'PutItem', 'UpdateItem'],
    indexes: [dueIndex],
  },
  // A run starts no new team in its last minute.
  'archive-entries': {
    entry: 'lambdas/consumers/archive-entries.ts',
    memoryMegabytes: processorMegabytes,
    timeoutSeconds: 300,
    tableActions: ['BatchGetItem', 'UpdateItem'],
    indexes: [journalIndex, openIndex],
  },
  'on-payment-result': { ...meterCall, entry: 'lambdas/consumers/on-payment-result.ts', timeoutSeconds: 30 },
  // Cognito waits for five seconds and tries three times.
  'add-person': {
    entry: 'lambdas/consumers/add-person.ts',
    memoryMegabytes: 512,
    timeoutSeconds: 5,
    tableActions: [],
    indexes: [],
  },
  'plan-campaign': { ...workflowStep, ...askCampaign, entry: 'lambdas/workflow/plan-campaign.ts' },
  // A call notifies teams for a minute and then finishes its page.
  'tell-teams': {
    ...workflowStep,
    memoryMegabytes: consumerMegabytes,
    entry: 'lambdas/workflow/tell-teams.ts',
    timeoutSeconds: 120,
    indexes: [openIndex],
  },
  'finish-step': { ...workflowStep, ...askCampaign, entry: 'lambdas/workflow/finish-step.ts' },
  'recover-payment': { ...workflowStep, entry: 'lambdas/workflow/recover-payment.ts' },
  'start-workflows': {
    ...workflowStep,
    entry: 'lambdas/workflow/start-workflows.ts',
    timeoutSeconds: 300,
    indexes: [openIndex],
  },
}
