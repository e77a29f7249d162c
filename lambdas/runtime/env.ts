/** Names of the functions' environment variables, defined once for the functions and for their deployment. */
export const envNames = {
  tableName: 'TABLE_NAME',
  payments: 'PAYMENTS',
  stage: 'STAGE',
  migrationArn: 'MIGRATION_ARN',
  paymentRecoveryArn: 'PAYMENT_RECOVERY_ARN',
  eventBus: 'EVENT_BUS',
  mailFrom: 'MAIL_FROM',
  pageUrl: 'PAGE_URL',
  signingKeys: 'SIGNING_KEYS',
  archiveStream: 'ARCHIVE_STREAM',
  sellerName: 'SELLER_NAME',
  deadLetters: 'DEAD_LETTERS',
  runbookUrl: 'RUNBOOK_URL',
  issuer: 'ISSUER',
  issuerUrl: 'ISSUER_URL',
  audience: 'AUDIENCE',
  scopes: 'SCOPES',
} as const

/** Group of the user pool whose members operate Tollgate, defined once for the function that reads it and for the pool. */
export const operatorsGroup = 'operators'

/** The stage of the runtime on one machine, where webhooks may call the machine itself. */
export const localStage = 'local'

export interface Env {
  readonly tableName: string
  /** The receiver of payment requests: a stand-in that settles by itself, or the event bus. */
  readonly payments: 'sandbox' | 'bus'
  readonly stage: string
}

/** Reads and checks the environment. Throws, naming the variable: a function without its settings must not start. */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const payments = required(source, envNames.payments)
  if (payments !== 'sandbox' && payments !== 'bus') throw new Error(`${envNames.payments}: sandbox or bus`)
  const stage = required(source, envNames.stage)
  // Lambda sets this variable, and nobody can remove it.
  if (stage === localStage && source.AWS_LAMBDA_RUNTIME_API !== undefined)
    throw new Error(`${envNames.stage}: ${localStage} is for npm start, on one machine, and not for Lambda`)
  return { tableName: required(source, envNames.tableName), payments, stage }
}

/** The state machines that workflows run on. Throws, naming the variable, when one is not set. */
export function readWorkflowArns(source: Readonly<Record<string, string | undefined>> = process.env): {
  readonly migration: string
  readonly paymentRecovery: string
} {
  return {
    migration: required(source, envNames.migrationArn),
    paymentRecovery: required(source, envNames.paymentRecoveryArn),
  }
}

/** The stage, which names the metrics; `none` without a stage, as in tools. */
export function readStage(source: Readonly<Record<string, string | undefined>> = process.env): string {
  return source[envNames.stage] || 'none'
}

/** Name of the bus that events are put on. Throws, naming the variable, when it is not set. */
export function readEventBus(source: Readonly<Record<string, string | undefined>> = process.env): string {
  return required(source, envNames.eventBus)
}

/** ARN of the secret with the keys that webhooks' secrets are derived from. Throws, naming the variable, when it is not set. */
export function readSigningKeys(source: Readonly<Record<string, string | undefined>> = process.env): string {
  return required(source, envNames.signingKeys)
}

/** Name of the stream that brings entries to the archive. Throws, naming the variable, when it is not set. */
export function readArchiveStream(
  source: Readonly<Record<string, string | undefined>> = process.env,
): string {
  return required(source, envNames.archiveStream)
}

/** URLs of the stage's dead-letter queues by name, from `<name>=<URL>` with commas between them; none where it is not set. */
export function readDeadLetters(
  source: Readonly<Record<string, string | undefined>> = process.env,
): ReadonlyMap<string, string> {
  const pairs = (source[envNames.deadLetters] ?? '').split(',').filter((pair) => pair !== '')
  return new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]))
}

/** The issuer whose tokens agents send. Throws, naming the variable, when one is not set. Lists have spaces between the words. */
export function readAuthority(source: Readonly<Record<string, string | undefined>> = process.env): {
  readonly issuer: string
  /** The address of the issuer's documents. It differs from the issuer on one machine, whose port the template does not know. */
  readonly issuerUrl: string
  readonly audience: readonly string[]
  readonly scopes: readonly string[]
} {
  const issuer = required(source, envNames.issuer)
  return {
    issuer,
    issuerUrl: source[envNames.issuerUrl] || issuer,
    audience: required(source, envNames.audience).split(' '),
    scopes: required(source, envNames.scopes).split(' '),
  }
}

/** The address that mail is sent from; undefined if no mail is sent. */
export function readMailFrom(
  source: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  return source[envNames.mailFrom] || undefined
}

/** URL of the developer hub page, without a trailing slash; undefined if it has no separate domain. */
export function readPageUrl(
  source: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  return source[envNames.pageUrl] || undefined
}

/** URL of the runbook; undefined where it is only a path of the project. */
export function readRunbookUrl(
  source: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const url = source[envNames.runbookUrl] ?? ''
  return /^https?:\/\//.test(url) ? url : undefined
}

/** The name that exported bills bear. */
export function readSellerName(source: Readonly<Record<string, string | undefined>> = process.env): string {
  return source[envNames.sellerName] || 'Autodesk'
}

function required(source: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = source[name]
  if (value === undefined || value === '') throw new Error(`${name} is not set`)
  return value
}
